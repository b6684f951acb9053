// The list of keyboard shortcuts.

import { _, h } from "newsroom-editor/dom"
import { modal } from "newsroom-editor/dialog"
import { explained, printed } from "newsroom-editor/keys"

export const showHelp = () =>
  modal({
    title: _("Keyboard shortcuts"),
    className: "ne-shortcuts",
    isRead: true,
    build: ({ close }) =>
      h(
        "div",
        {},
        h("div", { className: "ne-shortcuts__groups" }, explained().map(group)),
        h("div", { className: "ne-actions" }, h("button", { type: "button", className: "ne-primary", onclick: () => close() }, _("Close"))),
      ),
  })

const group = ([name, shortcuts]) =>
  h(
    "section",
    {},
    h("h3", {}, name),
    h("dl", {}, shortcuts.map(([keys, act]) => h("div", {}, h("dt", {}, h("kbd", {}, printed(keys))), h("dd", {}, act)))),
  )
