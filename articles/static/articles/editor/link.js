// Links: the mark, its shortcut and buttons. What keeps them true while writing is in link-watch.js.

import { Link as BaseLink } from "django-prose-editor/editor"
import { lookUp } from "newsroom-editor/article-search"
import { _ } from "newsroom-editor/dom"
import { icons } from "newsroom-editor/icons"
import { linkBar } from "newsroom-editor/link-bar"
import { linkDialog } from "newsroom-editor/link-dialog"
import { watchLinks } from "newsroom-editor/link-watch"

/** What the sanitiser lets through: four schemes, and addresses without one. */
function isAllowed(address) {
  const bare = (address || "").replace(/[\s\x00-\x1f]/g, "")
  return !/^[a-z][a-z0-9+.-]*:/i.test(bare) || /^(?:https?|mailto|tel):/i.test(bare)
}

export const NewsLink = BaseLink.extend({
  inclusive: () => false, // what is typed after a link is not the link

  addOptions() {
    return { ...this.parent?.(), searchUrl: "", hosts: [], bar: true, autolink: true, linkOnPaste: true, defaultProtocol: "https", isAllowedUri: isAllowed }
  },

  // No target, class or title: they are not stored.
  addAttributes: () => ({
    href: { default: null, parseHTML: (element) => element.getAttribute("href") },
    rel: { default: null, parseHTML: (element) => element.getAttribute("rel") },
    article: {
      default: null,
      parseHTML: (element) => Number(element.getAttribute("data-article")) || null,
      renderHTML: ({ article }) => (article ? { "data-article": article } : {}),
    },
  }),

  parseHTML: () => [
    { tag: "a[data-article]" },
    { tag: "a[href]", getAttrs: (element) => (isAllowed(element.getAttribute("href")) ? null : false) },
  ],

  renderHTML: ({ HTMLAttributes: { href, rel, ...more } }) => ["a", { ...more, ...(isAllowed(href) && href ? { href } : {}), ...(rel ? { rel } : {}) }, 0],

  addCommands() {
    return {
      ...this.parent?.(),
      addLink: () => ({ editor }) => {
        askForLink(editor, this.options)
        return true
      },
    }
  },

  addKeyboardShortcuts() {
    return { "Mod-k": () => this.editor.commands.addLink() }
  },

  addProseMirrorPlugins() {
    const bar = this.options.bar ? [linkBar(this.editor)] : []
    return [...(this.parent?.() || []), watchLinks(this.editor, this.options, this.type), ...bar]
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "link", groups: "link", priority: 110, toggle: true,
      button: buttons.svg(icons.link, _("Link (Ctrl+K)")),
      command: (editor) => editor.commands.addLink(),
      enabled: mayLink,
      active: (editor) => editor.isActive("link"),
    })
    menu.defineItem({
      name: "unlink", groups: "link",
      button: buttons.svg(icons.unlink, _("Remove link")),
      command: removeLink,
      hidden: (editor) => !editor.isActive("link"),
    })
  },
})

export const removeLink = (editor) => editor.chain().focus().extendMarkRange("link").unsetMark("link").run()

const mayLink = (editor) => editor.can().setMark("link", {})

async function askForLink(editor, options) {
  if (!mayLink(editor)) return
  const isLink = editor.isActive("link")
  const attributes = isLink ? editor.getAttributes("link") : {}
  const asksText = editor.state.selection.empty && !isLink
  // Without an answer the dialog says less; that the desk can't be reached is told when it is searched.
  if (attributes.article) await lookUp(options.searchUrl, [attributes.article]).catch(() => {})
  const answer = await linkDialog(options, attributes, { asksText, isLink })
  if (!answer) return editor.commands.focus()
  if (answer.remove) return removeLink(editor)
  const { href, article, rel, text } = answer
  const mark = { href, article, rel }
  if (asksText)
    return editor.chain().focus().insertContent({ type: "text", text: text || href, marks: [{ type: "link", attrs: mark }] }).run()
  const chain = editor.chain().focus()
  if (isLink) chain.extendMarkRange("link")
  const { to } = editor.state.selection
  chain.setMark("link", mark)
  if (!isLink) chain.setTextSelection(to)
  chain.run()
}
