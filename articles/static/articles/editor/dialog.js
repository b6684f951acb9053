// Dialogs. The browser's own <dialog> traps the focus, closes on Escape and gives the focus back.

import { _, h, nextId } from "newsroom-editor/dom"

/** Opens a modal dialog; `build({close, dialog})` makes what stands in it. Resolves with what close(value) is given,
    with null on Escape and Cancel. `isRead`: it is there to be read, from its top; else its first control has the focus. */
export function modal({ title, className = "", isRead = false, build }) {
  return new Promise((resolve) => {
    const heading = h("h2", { id: nextId("ne-title"), className: "ne-dialog-title", tabIndex: isRead ? -1 : null, autofocus: isRead }, title)
    const dialog = h("dialog", { className: `ne-dialog ${className}`, "aria-labelledby": heading.id })
    let result = null
    const close = (value = null) => {
      result = value
      dialog.close()
    }
    dialog.append(heading, build({ close, dialog }))
    // On <body>, not in the admin's form: forms can't stand in forms, and Enter must not save the article.
    document.body.append(dialog)
    dialog.addEventListener("close", () => {
      dialog.remove()
      resolve(result)
    })
    dialog.showModal()
  })
}

/** A label, its control, and help under it. */
export function field(label, control, { help } = {}) {
  control.id ||= nextId("ne-field")
  const helpId = help ? nextId("ne-help") : null
  if (helpId) control.setAttribute("aria-describedby", helpId)
  return h(
    "div",
    { className: "ne-field" },
    h("label", { htmlFor: control.id }, label),
    control,
    help && h("p", { id: helpId, className: "ne-help" }, help),
  )
}

export const actions = (submitLabel, close) =>
  h(
    "div",
    { className: "ne-actions" },
    h("button", { type: "submit", className: "ne-primary" }, submitLabel),
    h("button", { type: "button", onclick: () => close(null) }, _("Cancel")),
  )

/** A form for build(): `answer()` gives the value to close with, or null to stay open. */
export function dialogForm({ close, submit, answer }, ...children) {
  const form = h("form", { className: "ne-form" }, ...children, actions(submit, close))
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    const value = answer()
    if (value !== null) close(value)
  })
  return form
}

/** Asks before what can't be undone. Resolves with true or false. */
export const confirmed = ({ title, text, action }) =>
  modal({ title, build: ({ close }) => dialogForm({ close, submit: action, answer: () => true }, h("p", {}, text)) }).then(Boolean)
