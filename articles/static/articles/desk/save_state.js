// The one line that says whether what is typed is safe. In the editor's status line when there is one.

import { _, h } from "newsroom-editor/dom"

const place = () =>
  document.getElementById("ne-save-state") || document.getElementById("desk-save-state") || ownPlace()

function ownPlace() {
  const line = h("p", { id: "desk-save-state", className: "ne-save-state", role: "status" })
  document.querySelector(".article-buttons")?.append(line)
  return line
}

function show(kind, ...content) {
  const line = place()
  line.dataset.kind = kind
  line.replaceChildren(...content)
}

export const saving = () => show("busy", _("Saving…"))
export const savedAt = (time) => show("saved", `${_("Saved")} ${time}`)
export const offline = () => show("warning", _("Offline: kept in this browser, will be sent"))
export const unanswered = () => show("warning", _("The server does not answer: kept in this browser, will be sent"))
export const refused = (sentence, isKept) => show("error", isKept ? `${sentence} ${_("Kept in this browser.")}` : sentence)
export const nowhere = () => show("error", _("Not kept anywhere: copy your text before you leave this page"))
export const say = (sentence) => show("warning", sentence)

export function loginEnded(url) {
  const link = h("a", { href: url, target: "_blank", rel: "noopener" }, _("log in in another window"))
  show("error", _("Your login has ended:"), " ", link, _(", nothing is lost"))
}
