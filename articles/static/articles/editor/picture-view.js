// How a picture looks and is handled in the text: thumbnail, caption to write in, what is missing, and its buttons.

import { RequestFailed } from "newsroom-editor/api"
import { caretFollowsClicks, moveNode, setAttributes } from "newsroom-editor/blocks"
import { _, announce, h, roving } from "newsroom-editor/dom"
import { icons } from "newsroom-editor/icons"
import { lacksAlt, pictureInfo } from "newsroom-editor/picture-info"

export function toolButton(act, icon, title, onclick) {
  const button = h("button", { type: "button", className: "ne-tool", title, "aria-label": title, "data-act": act, onclick })
  button.innerHTML = icons[icon] // drawn by us
  return button
}

export class PictureView {
  constructor({ node, editor, getPos }, options) {
    Object.assign(this, { node, editor, getPos, options, item: undefined })
    this.image = h("img", { alt: "", draggable: false })
    this.note = h("p", { className: "ne-figure__note", hidden: true })
    this.tools = h("div", { className: "ne-tools", role: "toolbar", "aria-label": _("Picture") })
    this.box = h("div", { className: "ne-figure__box", contentEditable: "false" }, this.image, this.note, this.tools)
    this.contentDOM = h("figcaption", { "data-placeholder": _("Caption") })
    caretFollowsClicks(editor, this.contentDOM, getPos, () => this.node)
    this.facts = h("div", { className: "ne-figure__facts", contentEditable: "false" })
    this.dom = h("figure", { className: "ne-figure ne-picture" }, this.box, this.contentDOM, this.facts)
    this.tools.append(...this.buttons())
    this.settle = roving(this.tools, { leave: () => editor.commands.focus() })
    this.paint()
  }

  get isInGallery() {
    return this.editor.state.doc.resolve(this.getPos()).parent.type.name === "newsGallery"
  }

  buttons() {
    const isInGallery = this.isInGallery
    return [
      toolButton("edit", "edit", isInGallery ? _("Alternative text") : _("Alternative text and size"), () => this.edit()),
      toolButton("replace", "replace", _("Replace the picture"), () => this.replace()),
      toolButton("up", isInGallery ? "earlier" : "up", isInGallery ? _("Move earlier") : _("Move up"), () => this.move(-1)),
      toolButton("down", isInGallery ? "later" : "down", isInGallery ? _("Move later") : _("Move down"), () => this.move(1)),
      isInGallery && toolButton("takeOut", "takeOut", _("Take it out of the gallery"), () => this.takeOut()),
      toolButton("remove", "remove", _("Remove the picture"), () => this.remove()),
    ].filter(Boolean)
  }

  // --- what the buttons do -----------------------------------------------------------------------------------------

  async edit() {
    const { editUse } = await import("newsroom-editor/picture-use")
    const change = await editUse(this.node.attrs, this.item, { hasSize: !this.isInGallery })
    if (change) setAttributes(this.editor, this.getPos, this.node, change)
  }

  async replace() {
    const { choosePictures } = await import("newsroom-editor/chooser")
    const chosen = await choosePictures(this.options, { title: _("Replace the picture"), action: _("Replace") })
    if (!chosen) return
    const [{ item, caption }] = chosen
    const { node, editor } = this
    // A caption that somebody wrote for this text stays; the old picture's own goes with it.
    const isOurs = node.textContent.trim() && node.textContent !== this.item?.caption
    const content = isOurs ? node.content : caption ? editor.schema.text(caption) : null
    const next = node.type.create({ ...node.attrs, image: item.id, alt: null }, content)
    editor.view.dispatch(editor.state.tr.replaceWith(this.getPos(), this.getPos() + node.nodeSize, next))
    editor.commands.focus()
  }

  move(direction) {
    const there = moveNode(this.editor, this.getPos(), direction)
    if (there === null) return announce(direction < 0 ? _("It is the first already.") : _("It is the last already."))
    // Moving makes the picture anew; who pressed the button wants to press it again.
    this.editor.view.nodeDOM(there)?.querySelector(`[data-act=${direction < 0 ? "up" : "down"}]`)?.focus()
  }

  takeOut() {
    const { editor, node } = this
    const $pos = editor.state.doc.resolve(this.getPos())
    const after = $pos.after()
    editor.view.dispatch(editor.state.tr.insert(after, node).delete(this.getPos(), this.getPos() + node.nodeSize).scrollIntoView())
    editor.commands.focus()
    announce(_("It stands after the gallery now."))
  }

  remove() {
    this.editor.chain().focus().deleteRange({ from: this.getPos(), to: this.getPos() + this.node.nodeSize }).run()
    announce(_("Picture removed. Undo brings it back."))
  }

  // --- what it shows -----------------------------------------------------------------------------------------------

  paint() {
    const { image, alt, align } = this.node.attrs
    this.dom.dataset.align = align || "center"
    this.contentDOM.toggleAttribute("data-empty", this.node.content.size === 0)
    const signature = `${image} ${alt}`
    if (signature === this.painted) return
    this.painted = signature
    pictureInfo(this.options.infoUrl, image).then(
      (item) => image === this.node.attrs.image && this.show(item),
      (error) => {
        if (!(error instanceof RequestFailed)) throw error
        this.painted = null // asked again with the next change
        this.say(`${_("The picture can't be shown now.")} ${error.sentences.join(" ")}`)
      },
    )
  }

  show(item) {
    this.item = item
    const { alt } = this.node.attrs
    this.tools.setAttribute("aria-label", item ? `${_("Picture")}: ${item.title}` : _("Picture"))
    if (!item) return this.say(_("This picture is not in the library any more. Readers see nothing here."))
    if (item.thumb && this.image.getAttribute("src") !== item.thumb) this.image.src = item.thumb
    this.image.alt = alt ?? item.alt
    if (item.missing || !item.thumb) this.say(_("This picture has no file yet. Readers see nothing here."))
    else this.say("")
    this.facts.replaceChildren(
      altState(alt, item),
      ...(item.credit ? [h("span", { className: "ne-figure__credit" }, item.credit)] : []),
      ...(item.rights ? [h("span", { className: "ne-warning" }, item.rights)] : []),
    )
  }

  say(sentence) {
    this.note.textContent = sentence
    this.note.hidden = !sentence
    this.image.hidden = Boolean(sentence)
  }

  // --- what ProseMirror asks ---------------------------------------------------------------------------------------

  update(node) {
    if (node.type !== this.node.type) return false
    this.node = node
    this.paint()
    return true
  }

  selectNode() {
    this.dom.classList.add("ProseMirror-selectednode")
  }

  deselectNode() {
    this.dom.classList.remove("ProseMirror-selectednode")
  }

  stopEvent(event) {
    return this.tools.contains(event.target) && !event.type.startsWith("drag")
  }

  ignoreMutation(mutation) {
    if (mutation.type === "selection") return false
    return !this.contentDOM.contains(mutation.target) || (mutation.target === this.contentDOM && mutation.type === "attributes")
  }
}

/** Which of the states its alternative text is in, in words. */
function altState(alt, item) {
  if (lacksAlt(alt, item)) return h("span", { className: "ne-missing" }, _("Alternative text is missing"))
  if (alt) return h("span", { className: "ne-figure__alt" }, h("b", {}, _("Alt: ")), alt)
  if (alt === "" || item.decorative) return h("span", { className: "ne-figure__alt" }, _("Decorative: nothing is read"))
  return h("span", { className: "ne-figure__alt" }, h("b", {}, _("Alt (the library's): ")), item.alt)
}
