// A picture in the text: <figure data-image="12" data-alt="…" data-align="wide"><figcaption>…</figcaption></figure>.
// Only its number is stored; what it shows is the library's, today's.

import { Node, Plugin } from "django-prose-editor/editor"
import { insertBlock, leaveCaption } from "newsroom-editor/blocks"
import { _ } from "newsroom-editor/dom"
import { icons } from "newsroom-editor/icons"
import { titled } from "newsroom-editor/keys"
import { PictureView } from "newsroom-editor/picture-view"

const attribute = (name, read = (value) => value) => ({
  default: null,
  parseHTML: (element) => (element.hasAttribute(name) ? read(element.getAttribute(name)) : null),
})
const written = (name, value) => (value === null ? {} : { [name]: value })

/** What the chooser answers, as nodes. The caption is plain words until somebody sets some of them bold. */
export const asNodes = (chosen) =>
  chosen.map(({ item, alt, caption }) => ({
    type: "newsPicture",
    attrs: { image: item.id, alt },
    content: caption ? [{ type: "text", text: caption }] : [],
  }))

/** The urls of the library, for whoever needs a picture in this editor. */
export const pictureUrls = (editor) => editor.extensionManager.extensions.find((one) => one.name === "newsPicture").options

/** Choose or upload pictures and put them where the cursor is, or at the place `at`; into the gallery, in one. */
export async function choosePicturesInto(editor, { files = null, at = null } = {}) {
  const { choosePictures } = await import("newsroom-editor/chooser") // fetched when it is first needed
  const gallery = galleryAround(editor, at)
  const chosen = await choosePictures(pictureUrls(editor), {
    title: gallery ? _("Add pictures to the gallery") : _("Insert a picture"),
    many: Boolean(gallery),
    asks: true,
    files,
  })
  if (!chosen) return editor.commands.focus()
  if (gallery) editor.chain().focus().insertContentAt(gallery, asNodes(chosen)).run()
  else insertBlock(editor, asNodes(chosen), at)
}

/** The place after the picture at which the cursor stands in a gallery; null outside of one. */
function galleryAround(editor, at) {
  const { doc, selection } = editor.state
  const $at = at === null ? selection.$to : doc.resolve(at)
  for (let depth = $at.depth; depth > 0; depth--)
    if ($at.node(depth).type.name === "newsGallery") return $at.depth > depth ? $at.after(depth + 1) : $at.pos
  return null
}

export const NewsPicture = Node.create({
  name: "newsPicture",
  group: "block",
  content: "inline*", // the caption
  draggable: true,
  isolating: true,
  defining: true,

  addOptions: () => ({ listUrl: "", uploadUrl: "", infoUrl: "" }),

  addAttributes: () => ({
    image: { ...attribute("data-image", Number), renderHTML: ({ image }) => written("data-image", image) },
    alt: { ...attribute("data-alt"), renderHTML: ({ alt }) => written("data-alt", alt) },
    align: { ...attribute("data-align"), renderHTML: ({ align }) => written("data-align", align) },
  }),

  parseHTML: () => [
    {
      tag: "figure[data-image]",
      contentElement: (figure) => figure.querySelector("figcaption") || document.createElement("figcaption"),
    },
  ],

  renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes, ["figcaption", 0]],

  addNodeView() {
    return (props) => new PictureView(props, this.options)
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "newsPicture", groups: "media", priority: 130,
      button: buttons.svg(icons.picture, titled(_("Picture"), "Mod-Alt-I")),
      command: (editor) => choosePicturesInto(editor),
    })
  },

  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => editSelected(editor) || leaveCaption(this.name)({ editor }),
      "Mod-Alt-i": ({ editor }) => {
        choosePicturesInto(editor)
        return true
      },
    }
  },

  addProseMirrorPlugins() {
    const { editor } = this
    const take = (transfer, at = null) => {
      const files = [...(transfer?.files || [])].filter((file) => file.type.startsWith("image/"))
      if (!files.length || !editor.isEditable) return false
      choosePicturesInto(editor, { files, at })
      return true
    }
    return [
      new Plugin({
        props: {
          handlePaste: (_view, { clipboardData }) => hasNoText(clipboardData) && take(clipboardData),
          handleDrop(view, event, _slice, isMoved) {
            if (isMoved) return false
            const taken = take(event.dataTransfer, view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos)
            if (taken) event.preventDefault()
            return taken
          },
        },
      }),
    ]
  },
})

/** Enter on a picture that is selected as a whole opens its alternative text. */
function editSelected(editor) {
  const { node, from } = editor.state.selection
  if (node?.type.name !== "newsPicture") return false
  editor.view.nodeDOM(from)?.querySelector("[data-act=edit]")?.click()
  return true
}

/** A screenshot, or "Copy image" of a browser: that puts its address beside the file, as HTML without a word. Not parsed:
    the policy counts each style attribute in a pasted page as an offence. */
function hasNoText(clipboard) {
  const html = clipboard?.getData("text/html") || ""
  return !html.replace(/<!--.*?-->|<style.*?<\/style>|<[^>]*>/gs, "").trim()
}
