// Several pictures as one: <section data-gallery="grid"> around their figures. Captions and alternative texts stay with
// each use.

import { Node, Plugin } from "django-prose-editor/editor"
import { insertBlock, removeNode } from "newsroom-editor/blocks"
import { _, h, roving } from "newsroom-editor/dom"
import { icons } from "newsroom-editor/icons"
import { asNodes, pictureUrls } from "newsroom-editor/picture"
import { toolButton } from "newsroom-editor/picture-view"

async function chooseSeveral(editor, title, action) {
  const { choosePictures } = await import("newsroom-editor/chooser")
  return choosePictures(pictureUrls(editor), { title, action, many: true })
}

export const NewsGallery = Node.create({
  name: "newsGallery",
  group: "block",
  content: "newsPicture*", // an empty one does not last, see below; with + the editor would fill it with an empty picture
  defining: true,
  isolating: true,

  parseHTML: () => [{ tag: "section[data-gallery]" }],
  renderHTML: () => ["section", { "data-gallery": "grid" }, 0],

  addNodeView() {
    return (props) => new GalleryView(props)
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "newsGallery", groups: "media", priority: 120,
      button: buttons.svg(icons.gallery, _("Gallery")),
      command: async (editor) => {
        const chosen = await chooseSeveral(editor, _("Insert a gallery"), _("Insert"))
        if (chosen) insertBlock(editor, { type: "newsGallery", content: asNodes(chosen) })
        else editor.commands.focus()
      },
    })
  },

  addProseMirrorPlugins: () => [
    new Plugin({
      /** A gallery whose last picture was removed, dragged or taken out goes, too: in the same step of the history. */
      appendTransaction(transactions, _before, { doc, tr }) {
        if (!transactions.some((one) => one.docChanged)) return null
        const empty = []
        doc.descendants((node, pos) => {
          if (node.type.name === "newsGallery" && node.childCount === 0) empty.unshift(pos)
          return !node.isTextblock && node.type.name !== "newsGallery"
        })
        for (const pos of empty) tr.delete(pos, pos + 2)
        return empty.length ? tr : null
      },
    }),
  ],
})

class GalleryView {
  constructor({ node, editor, getPos }) {
    Object.assign(this, { node, editor, getPos })
    this.count = h("span", { className: "ne-gallery__count" })
    const tools = h(
      "div",
      { className: "ne-tools", role: "toolbar", "aria-label": _("Gallery") },
      toolButton("add", "add", _("Add pictures"), () => this.add()),
      toolButton("remove", "remove", _("Remove the gallery"), () => removeNode(editor, getPos, this.node)),
    )
    roving(tools, { leave: () => editor.commands.focus() })
    this.bar = h("div", { className: "ne-gallery__bar", contentEditable: "false" }, this.count, tools)
    this.contentDOM = h("div", { className: "ne-gallery__pictures" })
    this.dom = h("section", { className: "ne-gallery" }, this.bar, this.contentDOM)
    this.paint()
  }

  async add() {
    const chosen = await chooseSeveral(this.editor, _("Add pictures to the gallery"), _("Add"))
    if (!chosen) return
    const end = this.getPos() + this.node.nodeSize - 1
    this.editor.chain().focus().insertContentAt(end, asNodes(chosen)).run()
  }

  paint() {
    const { childCount } = this.node
    this.count.textContent = childCount === 1 ? _("Gallery of 1 picture") : `${_("Gallery of")} ${childCount} ${_("pictures")}`
  }

  update(node) {
    if (node.type !== this.node.type) return false
    this.node = node
    this.paint()
    return true
  }

  stopEvent(event) {
    return this.bar.contains(event.target)
  }

  ignoreMutation(mutation) {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target)
  }
}
