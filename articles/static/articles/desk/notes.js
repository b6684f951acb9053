// Notes without leaving the form: posted in the background; the thread comes back as the server renders it.

import { ask, Unanswered } from "newsroom-desk/asking"
import { offerPeople } from "newsroom-desk/mentions"
import { _, h } from "newsroom-editor/dom"

const panel = document.getElementById("notes")
const forms = ["note-new", "note-act"].map((id) => document.getElementById(id))
if (panel && !forms.includes(null)) keepNotes(document.getElementById("id_note"))

function keepNotes(field) {
  if (location.hash === "#notes") panel.open = true // whoever was mentioned comes by that address
  rememberBegun(field)
  for (const form of forms)
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      send(field, form, event.submitter)
    })
  offerPeople(field)
  // Enter with Ctrl or Cmd sends, as in every chat; a bare Enter is a new line.
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    forms[0].requestSubmit()
  })
}

/** What is not sent yet outlives that the page is left, by Save or by the login page; in this window, for this person. */
function rememberBegun(field) {
  const key = `newsroom-note:${panel.dataset.user}:${forms[0].action}`
  try {
    field.value ||= sessionStorage.getItem(key) || ""
    if (field.value) panel.open = true
    window.addEventListener("pagehide", () => (field.value ? sessionStorage.setItem(key, field.value) : sessionStorage.removeItem(key)))
  } catch {
    // A browser that keeps nothing.
  }
}

let isSending = false

async function send(field, form, button) {
  if (isSending) return // pressed twice
  isSending = true
  const list = panel.querySelector("[data-notes-list]")
  const isNew = form.id === "note-new"
  const [sent, wasInList] = [field.value, list.contains(button)]
  say(_("Sending…"))
  try {
    show(list, await ask(button?.getAttribute("formaction") || form.action, { method: "POST", form: new FormData(form, button) }))
    if (isNew) field.value = field.value.replace(sent, "") // what was typed meanwhile stays
    if (isNew) list.scrollTop = list.scrollHeight
    if (wasInList) field.focus() // the button is gone
    say(isNew ? _("Noted") : _("Changed"))
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error
    say(...why(error))
  } finally {
    isSending = false
  }
}

/** What to say of it, and how it goes on. */
function why(error) {
  const link = () => h("a", { href: panel.dataset.login, target: "_blank", rel: "noopener" }, _("log in in another window"))
  if (error.loginEnded) return [_("Your login has ended. Your words are still here:"), " ", link(), _(", then try again.")]
  return [error.mayPass ? _("That did not reach the desk. Your words are still here: try again.") : error.sentence]
}

function say(...words) {
  panel.querySelector("[data-note-said]").replaceChildren(...words)
}

function show(list, told) {
  list.innerHTML = told.html // our own template's, escaped there
  panel.querySelector("[data-notes-open]").textContent = told.open || ""
}
