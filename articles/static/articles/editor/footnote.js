// Footnotes: written where their mark shall stand, edited in a dialog, numbered by the page.

import { Node } from "django-prose-editor/editor"
import { _, announce, h } from "newsroom-editor/dom"
import { footnoteDialog } from "newsroom-editor/footnote-dialog"
import { icons } from "newsroom-editor/icons"

export const Footnote = Node.create({
  name: "footnote",
  group: "inline",
  inline: true,
  atom: true,
  content: "(text | hardBreak)*",
  marks: "_",
  addOptions: () => ({ link: {} }),
  parseHTML: () => [{ tag: "span[data-footnote]" }],
  renderHTML: () => ["span", { "data-footnote": "" }, 0],

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: this.name, groups: "modules", priority: 70,
      button: buttons.svg(icons.footnote, _("Footnote (Ctrl+Alt+F)")),
      command: (editor) => insert(editor, this.name, this.options),
      enabled: mayStand,
    })
  },

  addKeyboardShortcuts() {
    return {
      "Mod-Alt-f": () => {
        insert(this.editor, this.name, this.options)
        return true
      },
      Enter: () => {
        const { node, from } = this.editor.state.selection
        if (node?.type.name !== this.name) return false
        edit(this.editor, () => from, node, this.options)
        return true
      },
    }
  },

  addNodeView() {
    return ({ node, editor, getPos }) => {
      let current = node
      const dom = h("button", { type: "button", className: "ne-footnote", contentEditable: "false" })
      const paint = () => {
        dom.title = current.textContent
        dom.setAttribute("aria-label", `${_("Footnote")}: ${current.textContent}`)
      }
      dom.addEventListener("click", () => edit(editor, getPos, current, this.options))
      paint()
      return {
        dom,
        update(changed) {
          if (changed.type !== current.type) return false
          current = changed
          paint()
          return true
        },
        ignoreMutation: () => true,
        stopEvent: (event) => event.type === "click" || event.type === "mousedown" || /^key/.test(event.type),
      }
    }
  },
})

/** In text, at the end of what is selected. */
function mayStand(editor) {
  const { $to } = editor.state.selection
  return $to.parent.inlineContent && !$to.parent.type.spec.code && $to.parent.canReplaceWith($to.index(), $to.index(), editor.schema.nodes.footnote)
}

async function insert(editor, type, options) {
  if (!mayStand(editor)) return
  const place = editor.state.selection.to
  const content = await footnoteDialog(options, [])
  if (!content?.length) return editor.commands.focus()
  editor.chain().focus().insertContentAt(place, { type, content }).run()
  announce(_("Footnote inserted"))
}

async function edit(editor, getPos, node, options) {
  if (!editor.isEditable) return
  const content = await footnoteDialog(options, node.content.toJSON() || [])
  if (content === null) return editor.commands.focus()
  const from = getPos()
  const range = { from, to: from + node.nodeSize }
  // An emptied note is a removed one.
  if (content.length) editor.chain().focus().insertContentAt(range, { type: node.type.name, content }).run()
  else editor.chain().focus().deleteRange(range).run()
}
