// Putting blocks into the text and taking them out, the same way for every kind.

/** Insert blocks after the current top-level block, or in place of an empty paragraph: never splits a paragraph, never
    eats what is selected. Within an update they stay in it, but for another update. */
export function insertBlock(editor, content) {
  const { $to } = editor.state.selection
  if ($to.depth === 0) return editor.chain().focus().insertContentAt(editor.state.selection.to, content).run()
  const isInUpdate = $to.depth > 1 && $to.node(1).type.name === "updateBlock" && content.type !== "updateBlock"
  const depth = isInUpdate ? 2 : 1
  const from = $to.before(depth)
  const to = $to.after(depth)
  const block = $to.node(depth)
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

/** A keyboard shortcut for nodes with a caption: Enter leaves it for a new paragraph. */
export const leaveCaption = (type) => ({ editor }) => {
  const { $from } = editor.state.selection
  if ($from.parent.type.name !== type) return false
  const after = $from.after()
  return editor.chain().insertContentAt(after, { type: "paragraph" }).setTextSelection(after + 1).run()
}
