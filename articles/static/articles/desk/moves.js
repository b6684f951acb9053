// What helps at the article's form also where one may only look: the question that goes with a move, and the notes.

import { keepNotes } from "newsroom-desk/notes"
import { dialogForm, field, modal } from "newsroom-editor/dialog"
import { _, h } from "newsroom-editor/dom"

keepNotes()

/** Resolves with the words, or null when it shall not be sent back after all. */
function askForNote(begun) {
  return modal({
    title: _("Send it back?"),
    build: ({ close }) => {
      const words = h("textarea", { rows: 4, maxLength: 300, required: true, autofocus: true }, begun)
      return dialogForm(
        { close, submit: _("Send back"), answer: () => words.value.trim() || refuse(words) },
        field(_("What should be changed?"), words, { help: _("Who wrote it is told, with these words.") }),
      )
    },
  })
}

/** Blanks alone pass for words with the browser, but say nothing. */
function refuse(words) {
  words.value = ""
  words.reportValidity()
  return null
}

/** The button of the form gives the words to the form's own field; the link of who may not write, to its own address. */
async function ask(event) {
  const asking = event.currentTarget
  const isLink = asking.tagName === "A"
  const place = document.getElementById("id_move_note")
  if (asking.dataset.answered) return delete asking.dataset.answered
  event.preventDefault()
  const words = await askForNote(place?.value || "")
  if (words === null) return
  if (isLink) return post(asking.href, words)
  place.value = words
  asking.dataset.answered = "yes"
  asking.click()
}

function post(url, words) {
  const form = document.getElementById("move-alone")
  form.action = url
  form.append(h("input", { type: "hidden", name: "move_note", value: words }))
  form.submit()
}

for (const asking of document.querySelectorAll("[data-asks-note]")) asking.addEventListener("click", ask)
