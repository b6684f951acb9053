// A sentence to the writer, seen and heard, under the text; it goes by a button.

import { _, announce, h } from "newsroom-editor/dom"

export function tell(editor, text) {
  const frame = editor.view.dom.parentElement
  frame?.querySelector(".ne-told")?.remove()
  const close = h("button", { type: "button", className: "ne-chip" }, _("Close"))
  const notice = h("div", { className: "ne-notice ne-told" }, h("p", {}, text), close)
  close.addEventListener("click", () => {
    notice.remove()
    editor.commands.focus()
  })
  editor.view.dom.after(notice)
  announce(text)
}
