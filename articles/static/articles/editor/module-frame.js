// The frame of a block that has no text of its own: what it is, what it will show, its buttons.

import { removeNode } from "newsroom-editor/blocks"
import { _, h } from "newsroom-editor/dom"

/** A node view. `fill(body, node)` paints what stands in it, `buttons` are more than "Remove"; `onDestroy` at its end. */
export function moduleFrame({ node, editor, getPos }, { label, className = "", fill, buttons = [], onDestroy = () => {} }) {
  let current = node
  const body = h("div", { className: "ne-module__body" })
  const remove = h("button", { type: "button", className: "ne-chip", onclick: () => removeNode(editor, getPos, current) }, _("Remove"))
  const dom = h(
    "div",
    { className: `ne-module ${className}`, contentEditable: "false", role: "group", "aria-label": label },
    h("p", { className: "ne-module__label" }, label),
    body,
    h("div", { className: "ne-buttons" }, ...buttons, remove),
  )
  fill(body, current)
  return {
    dom,
    repaint: () => fill(body, current),
    node: () => current,
    update(changed) {
      if (changed.type !== current.type) return false
      current = changed
      fill(body, current)
      return true
    },
    stopEvent: (event) => Boolean(event.target.closest?.("button, a")) && !/^drag|drop/.test(event.type),
    ignoreMutation: (mutation) => mutation.type !== "selection",
    destroy: onDestroy,
  }
}
