// Updates of a live story: a section with the moment it was written.

import { Node } from "django-prose-editor/editor"
import { insertBlock, removeNode, setAttributes } from "newsroom-editor/blocks"
import { dialogForm, field, modal } from "newsroom-editor/dialog"
import { _, announce, h } from "newsroom-editor/dom"
import { icons } from "newsroom-editor/icons"
import { localOf, momentOf, shown, written } from "newsroom-editor/zoned-time"

export const UpdateBlock = Node.create({
  name: "updateBlock",
  group: "block",
  content: "block+",
  defining: true,
  isolating: true,
  draggable: true,
  addOptions: () => ({ zone: "UTC" }),
  addAttributes: () => ({
    time: {
      default: null,
      parseHTML: (element) => element.getAttribute("data-update"),
      renderHTML: ({ time }) => ({ "data-update": time }),
    },
  }),
  parseHTML: () => [{ tag: "section[data-update]" }],
  renderHTML: ({ HTMLAttributes }) => ["section", HTMLAttributes, 0],

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: this.name, groups: "modules", priority: 80,
      button: buttons.svg(icons.update, _("Update, with the time (Ctrl+Alt+U)")),
      command: (editor) => insertUpdate(editor, this.options.zone),
    })
  },

  addKeyboardShortcuts() {
    return {
      "Mod-Alt-u": () => insertUpdate(this.editor, this.options.zone),
      Enter: () => leaveUpdate(this.editor, this.name),
    }
  },

  addNodeView() {
    return (view) => new UpdateView(view, this.options.zone)
  },
})

function insertUpdate(editor, zone) {
  const now = new Date()
  insertBlock(editor, { type: "updateBlock", attrs: { time: written(now) }, content: [{ type: "paragraph" }] })
  announce(`${_("Update inserted")}: ${shown(now, zone)}`)
  return true
}

/** Enter in an empty last paragraph goes on below the update. */
function leaveUpdate(editor, name) {
  const { $from, empty } = editor.state.selection
  const depth = $from.depth - 1
  if (!empty || depth < 1 || $from.node(depth).type.name !== name) return false
  const update = $from.node(depth)
  if ($from.parent.type.name !== "paragraph" || $from.parent.content.size || update.childCount < 2 || $from.index(depth) !== update.childCount - 1) return false
  const from = $from.before()
  const after = $from.after(depth) - $from.parent.nodeSize
  return editor
    .chain()
    .deleteRange({ from, to: $from.after() })
    .insertContentAt(after, { type: "paragraph" })
    .setTextSelection(after + 1)
    .scrollIntoView()
    .run()
}

function askForTime(time, zone) {
  return modal({
    title: _("Time of the update"),
    build: ({ close }) => {
      const moment = new Date(time)
      const input = h("input", { type: "datetime-local", required: true, value: localOf(Number.isNaN(+moment) ? new Date() : moment, zone) })
      const now = h("button", { type: "button", onclick: () => (input.value = localOf(new Date(), zone)) }, _("Now"))
      return dialogForm(
        { close, submit: _("Set the time"), answer: () => momentOf(input.value, zone) },
        field(_("When"), input, { help: `${_("In the site's zone")}: ${zone}.` }),
        now,
      )
    },
  })
}

class UpdateView {
  constructor({ node, editor, getPos }, zone) {
    Object.assign(this, { node, zone })
    this.time = h("time", {})
    const change = h("button", { type: "button", className: "ne-chip" }, _("Change time"))
    const remove = h("button", { type: "button", className: "ne-chip", onclick: () => removeNode(editor, getPos, this.node) }, _("Remove"))
    change.addEventListener("click", async () => {
      const time = await askForTime(this.node.attrs.time, zone)
      if (time) setAttributes(editor, getPos, this.node, { time })
    })
    this.head = h(
      "div",
      { className: "ne-update__head", contentEditable: "false" },
      h("span", {}, h("strong", {}, _("Update")), " ", this.time),
      h("div", { className: "ne-buttons" }, change, remove),
    )
    this.contentDOM = h("div", { className: "ne-update__text" })
    this.dom = h("section", { className: "ne-update" }, this.head, this.contentDOM)
    this.paint()
  }

  paint() {
    const moment = new Date(this.node.attrs.time)
    const known = !Number.isNaN(+moment)
    this.time.textContent = known ? shown(moment, this.zone) : _("without a time: give it one")
    this.time.classList.toggle("ne-missing", !known)
    if (known) this.time.dateTime = moment.toISOString()
  }

  update(node) {
    if (node.type !== this.node.type) return false
    this.node = node
    this.paint()
    return true
  }

  stopEvent(event) {
    return this.head.contains(event.target) && Boolean(event.target.closest("button")) && !/^drag|drop/.test(event.type)
  }

  ignoreMutation(mutation) {
    return mutation.type !== "selection" && (this.head.contains(mutation.target) || mutation.target === this.dom)
  }
}
