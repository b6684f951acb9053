// A text with sponsored links whose box "affiliate links" is not ticked: offers to tick it, and insists on nothing.

import { Extension } from "django-prose-editor/editor"
import { _, announce, debounce, h } from "newsroom-editor/dom"

export const AffiliateNotice = Extension.create({
  name: "affiliateNotice",
  addStorage: () => ({ dom: null }),

  onCreate() {
    const { editor } = this
    const box = editor.view.dom.closest("form")?.querySelector("input[name=has_affiliate_links]")
    if (!box) return
    let declined = false
    const tick = h("button", { type: "button", className: "ne-chip" }, _("Tick “affiliate links”"))
    const decline = h("button", { type: "button", className: "ne-chip" }, _("Not now"))
    const text = _("This text has affiliate or sponsored links, and readers are not told. Ticking the box shows them the disclosure.")
    const notice = h("div", { className: "ne-notice", role: "group", "aria-label": _("Affiliate links"), hidden: true }, h("p", {}, text), h("div", { className: "ne-buttons" }, tick, decline))
    this.storage.dom = notice
    editor.view.dom.after(notice)

    const look = () => {
      const shown = !declined && !box.checked && hasSponsoredLink(editor.state)
      if (shown && notice.hidden) announce(text)
      notice.hidden = !shown
    }
    tick.addEventListener("click", () => {
      box.checked = true
      box.dispatchEvent(new Event("input", { bubbles: true }))
      box.dispatchEvent(new Event("change", { bubbles: true }))
      editor.commands.focus()
      announce(_("“Affiliate links” is ticked."))
    })
    decline.addEventListener("click", () => {
      declined = true
      look()
      editor.commands.focus()
    })
    box.addEventListener("change", look)
    editor.on("update", debounce(look, 250))
    look()
  },

  onDestroy() {
    this.storage.dom?.remove()
  },
})

function hasSponsoredLink({ doc, schema }) {
  let found = false
  doc.descendants((node) => {
    if (found) return false
    found = node.isText && /\bsponsored\b/.test(schema.marks.link.isInSet(node.marks)?.attrs.rel || "")
    return !found
  })
  return found
}
