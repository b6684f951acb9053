// Notes without leaving the form: posted in the background; the thread comes back as the server renders it.

import { freshToken } from "newsroom-desk/asking"
import { offerPeople } from "newsroom-desk/mentions"
import { _ } from "newsroom-editor/dom"

const FORMS = ["note-new", "note-act"]

export function keepNotes() {
  const panel = document.getElementById("notes")
  const forms = FORMS.map((id) => document.getElementById(id))
  if (!panel || forms.includes(null)) return
  const field = document.getElementById("id_note")
  for (const form of forms)
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      send(panel, field, form, event.submitter)
    })
  offerPeople(field)
  // Enter with Ctrl or Cmd sends, as in every chat; a bare Enter is a new line.
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    forms[0].requestSubmit()
  })
}

async function send(panel, field, form, button) {
  const list = panel.querySelector("[data-notes-list]")
  const said = panel.querySelector("[data-note-said]")
  const isNew = form.id === "note-new"
  const wasInList = list.contains(button)
  said.textContent = _("Sending…")
  freshToken()
  try {
    show(list, panel, await answerOf(button?.getAttribute("formaction") || form.action, new FormData(form, button)))
    if (isNew) field.value = ""
    said.textContent = isNew ? _("Noted") : _("Changed")
    if (isNew) list.scrollTop = list.scrollHeight
    if (wasInList) field.focus()
  } catch (error) {
    said.textContent = error.message
  }
}

async function answerOf(url, data) {
  const headers = { Accept: "application/json" }
  const response = await fetch(url, { method: "POST", body: data, headers, redirect: "manual" }).catch(() => null)
  if (response?.type === "opaqueredirect") throw new Error(_("Your login has ended. Your words are still here: log in in another window, then try again."))
  const told = await response?.json().catch(() => null)
  if (response?.ok && told) return told
  const refusal = Object.values(told?.errors || {}).flat().join(" ")
  throw new Error(refusal || _("That did not reach the desk. Your words are still here: try again."))
}

function show(list, panel, told) {
  list.innerHTML = told.html // our own template's, escaped there
  const count = panel.querySelector("[data-notes-open]")
  count.textContent = told.open || ""
}
