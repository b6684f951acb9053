// Putting blocks into the text, taking them out and moving them, the same way for every kind.

import { _, announce } from "newsroom-editor/dom"

/** Do such blocks stand in this one as they do in the article itself? An update stands in no other. */
const holds = (container, content) =>
  container.type.name === "doc" || (container.type.name === "updateBlock" && content.type !== "updateBlock")

/** Insert blocks after the current one, or in place of an empty paragraph: never splits a paragraph, never eats what is
    selected. `at`, a place in the document, takes the cursor's part: where something was dropped. */
export function insertBlock(editor, content, at = null) {
  const { doc, selection } = editor.state
  const $at = at === null ? selection.$to : doc.resolve(at)
  let depth = $at.depth
  while (depth > 0 && !holds($at.node(depth - 1), content)) depth--
  if (depth === 0) return editor.chain().focus().insertContentAt(at ?? selection.to, content).run()
  const from = $at.before(depth)
  const to = $at.after(depth)
  const block = $at.node(depth)
  const isEmpty = block.type.name === "paragraph" && block.content.size === 0
  return editor.chain().focus().insertContentAt(isEmpty ? { from, to } : to, content).run()
}

/** Change a node's attributes. `getPos` is the node view's. */
export function setAttributes(editor, getPos, node, attributes) {
  editor.commands.command(({ tr }) => {
    tr.setNodeMarkup(getPos(), undefined, { ...node.attrs, ...attributes })
    return true
  })
}

export function removeNode(editor, getPos, node) {
  editor.chain().focus().deleteRange({ from: getPos(), to: getPos() + node.nodeSize }).run()
}

/** Change places with the block before (-1) or after (1) in the same parent. Answers the new place, null at the end. */
export function moveNode(editor, pos, direction) {
  const { state } = editor
  const $pos = state.doc.resolve(pos)
  const node = $pos.nodeAfter
  const neighbour = direction < 0 ? $pos.nodeBefore : $pos.parent.maybeChild($pos.index() + 1)
  if (!node || !neighbour) return null
  const there = direction < 0 ? pos - neighbour.nodeSize : pos + neighbour.nodeSize
  const { tr, selection } = state
  const [from, to] = [selection.from - pos, selection.to - pos]
  tr.delete(pos, pos + node.nodeSize).insert(there, node)
  // What was selected in it goes along.
  if (from === 0 && to === node.nodeSize) tr.setSelection(selection.constructor.create(tr.doc, there))
  else if (from > 0 && to < node.nodeSize) tr.setSelection(selection.constructor.create(tr.doc, there + from, there + to))
  editor.view.dispatch(tr.scrollIntoView())
  const place = tr.doc.resolve(there).index() + 1
  announce(`${direction < 0 ? _("Moved up") : _("Moved down")}: ${place} / ${tr.doc.resolve(there).parent.childCount}`)
  return there
}

/** A keyboard shortcut: move the block in which the cursor stands, a whole list or table too. */
export const moveBlock = (direction) => ({ editor }) => {
  const { $from } = editor.state.selection
  let depth = $from.depth
  while (depth > 0 && !CONTAINERS.has($from.node(depth - 1).type.name)) depth--
  moveNode(editor, depth > 0 ? $from.before(depth) : editor.state.selection.from, direction)
  return true
}

/** A keyboard shortcut for nodes with a caption: Enter leaves it for a new paragraph after the outermost block. */
export const leaveCaption = (type) => ({ editor }) => {
  const { $from } = editor.state.selection
  if ($from.parent.type.name !== type) return false
  const gallery = $from.depth > 1 && $from.node(-1).type.name === "newsGallery"
  const after = $from.after(gallery ? -1 : undefined)
  return editor.chain().insertContentAt(after, { type: "paragraph" }).setTextSelection(after + 1).run()
}

/** A click in a caption puts the caret there. Where the block can be dragged the browser sometimes leaves it where it was,
    with the block selected; what is typed then goes nowhere. `nodeOf` answers the view's present node. */
export function caretFollowsClicks(editor, caption, getPos, nodeOf) {
  caption.addEventListener("click", ({ clientX, clientY }) => {
    if (!editor.isEditable) return
    const from = getPos() + 1
    const to = from + nodeOf().content.size
    const { selection } = editor.state
    if (selection.from >= from && selection.to <= to) return
    const at = editor.view.posAtCoords({ left: clientX, top: clientY })?.pos ?? to
    editor.chain().setTextSelection(Math.min(Math.max(at, from), to)).focus().run()
  })
}
