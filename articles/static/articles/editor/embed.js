// Embeds of known services. The table comes from articles/richtext/embeds.py: the sanitiser decides by the same rule.

import { Extension, mergeAttributes, Node, Plugin } from "django-prose-editor/editor"
import { caretFollowsClicks, insertBlock, leaveCaption, removeNode, setAttributes } from "newsroom-editor/blocks"
import { actions, field, modal } from "newsroom-editor/dialog"
import { _, announce, h } from "newsroom-editor/dom"
import { icons } from "newsroom-editor/icons"

const TRACKING = /^(?:utm_\w+|si|feature|igsh|igshid|fbclid|gclid|ref_src|ref_url|is_from_webapp|sender_device)$/

/** As a person pastes it, to as it is stored: https, without what only tells who shared it. */
export function tidyAddress(text) {
  const whole = /^https?:\/\//i.test(text) ? text : `https://${text}`
  let url
  try {
    url = new URL(whole)
  } catch {
    return text
  }
  const tracking = [...url.searchParams.keys()].filter((name) => TRACKING.test(name))
  if (url.protocol === "https:" && !tracking.length) return whole
  url.protocol = "https:"
  for (const name of tracking) url.searchParams.delete(name)
  return url.href
}

/** table(providers)(text) answers {provider, label, url} for an address that may be embedded, else null. */
export function matcher(providers) {
  const table = Object.entries(providers).map(([provider, { label, pattern }]) => [provider, label, new RegExp(pattern, "u")])
  return (text) => {
    if (!text || /\s/.test(text)) return null
    const url = tidyAddress(text)
    const found = table.find(([, , pattern]) => pattern.test(url))
    return found ? { provider: found[0], label: found[1], url } : null
  }
}

export const NewsEmbed = Node.create({
  name: "newsEmbed",
  group: "block",
  content: "inline*",
  draggable: true,
  isolating: true,
  defining: true,

  addOptions: () => ({ providers: {} }),
  addStorage: () => ({ match: () => null }),
  onBeforeCreate() {
    this.storage.match = matcher(this.options.providers)
  },

  addAttributes: () => ({
    provider: { default: null, parseHTML: (element) => element.getAttribute("data-embed"), renderHTML: ({ provider }) => ({ "data-embed": provider }) },
    url: { default: null, parseHTML: (element) => element.getAttribute("data-url"), renderHTML: ({ url }) => (url ? { "data-url": url } : {}) },
  }),
  parseHTML: () => [
    { tag: "figure[data-embed]", contentElement: (element) => element.querySelector("figcaption") || document.createElement("figcaption") },
  ],
  renderHTML: ({ node, HTMLAttributes }) =>
    node.content.size ? ["figure", mergeAttributes(HTMLAttributes), ["figcaption", 0]] : ["figure", mergeAttributes(HTMLAttributes)],

  addExtensions() {
    const { name } = this
    // Apart, because only the paste must come before the link's: a block node with this priority would become the
    // schema's usual block.
    return [Extension.create({ name: "newsEmbedPaste", priority: 1100, addProseMirrorPlugins() { return [pastedAddresses(this.editor, name)] } })]
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "newsEmbed", groups: "media", priority: 80,
      button: buttons.svg(icons.embed, _("Video or post from elsewhere")),
      command: async (editor) => {
        const found = await askForEmbed(this.options.providers, editor.storage.newsEmbed.match, "")
        if (found) insertEmbed(editor, found)
      },
    })
  },

  addKeyboardShortcuts() {
    return { Enter: leaveCaption(this.name) }
  },

  addNodeView() {
    return (view) => new EmbedView(view, this.options.providers, this.editor.storage.newsEmbed.match)
  },
})

function insertEmbed(editor, { provider, label, url }) {
  insertBlock(editor, [{ type: "newsEmbed", attrs: { provider, url } }, { type: "paragraph" }])
  announce(`${label}: ${_("embedded")}`)
}

/** An address alone, pasted into an empty paragraph, is embedded. Over a selection it becomes a link, within a sentence text. */
function pastedAddresses(editor, name) {
  return new Plugin({
    props: {
      handlePaste(view, event) {
        const found = editor.storage[name].match(event.clipboardData?.getData("text/plain")?.trim())
        const { empty, $from } = view.state.selection
        const standsFree = $from.depth === 1 || ($from.depth === 2 && $from.node(1).type.name === "updateBlock")
        if (!found || !empty || !standsFree || $from.parent.type.name !== "paragraph" || $from.parent.content.size) return false
        insertEmbed(editor, found)
        return true
      },
    },
  })
}

function askForEmbed(providers, match, address) {
  const labels = Object.values(providers).map(({ label }) => label)
  return modal({
    title: address ? _("Change the embed") : _("Video or post from elsewhere"),
    build: ({ close }) => {
      const input = h("input", { type: "text", required: true, inputMode: "url", placeholder: "https://", value: address, spellcheck: false })
      const judge = () =>
        input.setCustomValidity(
          match(input.value.trim()) ? "" : _("No service that we can embed has this address. A link can lead anywhere: select words and press Ctrl+K."),
        )
      input.addEventListener("input", judge)
      const form = h(
        "form",
        { className: "ne-form" },
        field(_("Address of the video or post"), input, { help: `${_("We know")}: ${labels.join(", ")}. ${_("Nothing is loaded from them before a reader asks.")}` }),
        actions(address ? _("Change") : _("Embed"), close),
      )
      form.addEventListener("submit", (event) => {
        event.preventDefault()
        judge()
        if (form.reportValidity()) close(match(input.value.trim()))
      })
      return form
    },
  })
}

class EmbedView {
  constructor({ node, editor, getPos }, providers, match) {
    Object.assign(this, { node, providers })
    this.told = h("div", { className: "ne-embed__told" })
    const change = h("button", { type: "button", className: "ne-chip" }, _("Change address"))
    const remove = h("button", { type: "button", className: "ne-chip", onclick: () => removeNode(editor, getPos, this.node) }, _("Remove"))
    change.addEventListener("click", async () => {
      const found = await askForEmbed(providers, match, this.node.attrs.url || "https://")
      if (found) setAttributes(editor, getPos, this.node, { provider: found.provider, url: found.url })
    })
    this.box = h("div", { className: "ne-embed__box", contentEditable: "false" }, this.told, h("div", { className: "ne-buttons" }, change, remove))
    this.contentDOM = h("figcaption", { "data-placeholder": _("Caption (optional)") })
    caretFollowsClicks(editor, this.contentDOM, getPos, () => this.node)
    this.dom = h("figure", { className: "ne-figure ne-embed" }, this.box, this.contentDOM)
    this.paint()
  }

  paint() {
    const { provider, url } = this.node.attrs
    const label = this.providers[provider]?.label || provider
    this.told.replaceChildren(
      h("strong", {}, label),
      " ",
      url
        ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, url.replace(/^https:\/\/(?:www\.)?/, ""))
        : h("span", { className: "ne-missing" }, _("Without an address: readers don't see it. Give one or remove it.")),
    )
    this.contentDOM.toggleAttribute("data-empty", this.node.content.size === 0)
  }

  update(node) {
    if (node.type !== this.node.type) return false
    const same = node.attrs.url === this.node.attrs.url && node.attrs.provider === this.node.attrs.provider
    this.node = node
    if (same) this.contentDOM.toggleAttribute("data-empty", node.content.size === 0)
    else this.paint()
    return true
  }

  stopEvent(event) {
    return this.box.contains(event.target) && Boolean(event.target.closest("button, a")) && !/^drag|drop/.test(event.type)
  }

  ignoreMutation(mutation) {
    if (mutation.type === "selection") return false
    return !this.contentDOM.contains(mutation.target) || (mutation.target === this.contentDOM && mutation.type === "attributes")
  }
}
