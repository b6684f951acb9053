// Notes without leaving the form: posted in the background; the thread comes back as the server renders it.

import { _ } from "newsroom-editor/dom"

export function keepNotes() {
  const panel = document.getElementById("notes")
  const forms = ["note-new", "note-act"].map((id) => document.getElementById(id))
  if (!panel || forms.includes(null)) return
  const list = panel.querySelector("[data-notes-list]")
  const said = panel.querySelector("[data-note-said]")
  const field = document.getElementById("id_note")
  for (const form of forms) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault()
      const button = event.submitter
      const data = new FormData(form, button)
      const wasIn = list.contains(button)
      try {
        const answer = await fetch(button?.getAttribute("formaction") || form.action, {
          method: "POST",
          body: data,
          headers: { Accept: "application/json" },
        })
        const told = await answer.json()
        if (!answer.ok) throw new Error(Object.values(told.errors || {}).flat().join(" "))
        list.innerHTML = told.html // our own template's, escaped there
        if (form.id === "note-new") field.value = ""
        said.textContent = form.id === "note-new" ? _("Noted") : _("Changed")
        if (wasIn) field.focus()
      } catch (error) {
        said.textContent = error.message || _("That did not reach the desk. Your words are still here: try again.")
      }
    })
  }
  field.addEventListener("focus", () => tellPeople(field, panel.querySelector("[data-note-people]")), { once: true })
  // Enter with Ctrl or Cmd sends, as in every chat; a bare Enter is a new line.
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      forms[0].requestSubmit()
    }
  })
}

/** Names to mention, as buttons: each puts its @name where the caret is. */
async function tellPeople(field, place) {
  const answer = await fetch(field.dataset.people, { headers: { Accept: "application/json" } }).catch(() => null)
  if (!answer?.ok) return
  const { people } = await answer.json()
  place.replaceChildren(
    ...people.slice(0, 30).map(({ username, name }) => {
      const button = document.createElement("button")
      button.type = "button"
      button.className = "note-person"
      button.textContent = `@${username}`
      button.title = name
      button.addEventListener("click", () => {
        field.setRangeText(`@${username} `, field.selectionStart, field.selectionEnd, "end")
        field.focus()
      })
      return button
    }),
  )
}
