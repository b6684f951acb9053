// Where the caret's link leads, under it, with its buttons. Not needed by keyboard: Ctrl+K does all of it.

import { Plugin } from "django-prose-editor/editor"
import { knownArticle } from "newsroom-editor/article-search"
import { _, h } from "newsroom-editor/dom"

export function linkBar(editor) {
  return new Plugin({
    view: (view) => {
      const told = h("span", { className: "ne-linkbar__told" })
      const open = h("a", { target: "_blank", rel: "noopener" }, _("Open"))
      const edit = h("button", { type: "button", className: "ne-chip", onclick: () => editor.commands.addLink() }, _("Edit"))
      const remove = h(
        "button",
        { type: "button", className: "ne-chip", onclick: () => editor.chain().focus().extendMarkRange("link").unsetMark("link").run() },
        _("Remove"),
      )
      // The press of a button must not take the focus from the text: without it there is no bar.
      const bar = h("div", { className: "ne-linkbar", role: "group", "aria-label": _("Link at the caret"), hidden: true, onmousedown: (event) => event.preventDefault() }, told, open, edit, remove)
      view.dom.after(bar)
      const hide = (event) => {
        if (!bar.contains(event.relatedTarget)) bar.hidden = true
      }
      view.dom.addEventListener("blur", hide)
      bar.addEventListener("focusout", hide)
      return {
        update: () => place(editor, view, bar, told, open),
        destroy: () => bar.remove(),
      }
    },
  })
}

function place(editor, view, bar, told, open) {
  const { empty, head } = view.state.selection
  const shown = empty && view.hasFocus() && editor.isEditable && editor.isActive("link")
  bar.hidden = !shown
  if (!shown) return
  const { href, article: number } = editor.getAttributes("link")
  const article = number ? knownArticle(number) : undefined
  const address = article ? (article.live ? article.url : article.edit_url) : href
  told.textContent = article ? `${article.headline} · ${article.status_label}` : number && article === null ? _("No such article any more") : href || `#${number}`
  open.hidden = !address
  if (address) open.href = address
  // The text stands still under it: measured within the frame that both share.
  const frame = bar.offsetParent?.getBoundingClientRect()
  if (!frame) return
  const caret = view.coordsAtPos(head)
  const widest = Math.max(0, frame.width - bar.offsetWidth - 8)
  bar.style.left = `${Math.min(Math.max(0, caret.left - frame.left - 16), widest)}px`
  bar.style.top = `${caret.bottom - frame.top + 6}px`
}
