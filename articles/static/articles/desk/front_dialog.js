// The two dialogs of a front's board: how a card or a container is said, and the choice between theirs and mine.

import { ask, Unanswered } from "newsroom-desk/asking"
import { modal } from "newsroom-editor/dialog"
import { _, h } from "newsroom-editor/dom"

/** The form at this address, in a dialog. Resolves with the board that saving answered, or null when it was left. Throws
    Unanswered when the form can't be had, or is not saved. */
export async function editPlace(url) {
  const { form, title } = await ask(url)
  const answer = await modal({ title, className: "front-dialog", build: ({ close }) => formBox(form, close) })
  if (answer instanceof Unanswered) throw answer
  return answer
}

function formBox(html, close) {
  const box = h("div", {})
  const fill = (text) => {
    box.innerHTML = text // the server's own template, where everything is escaped
    pictureButton(box.querySelector("[data-pictures]"))
    box.querySelector("[role=alert]")?.closest(".front-field")?.querySelector("input, select")?.focus()
  }
  box.addEventListener("click", (event) => {
    if (!event.target.closest("[data-cancel]")) return
    event.preventDefault()
    close(null)
  })
  box.addEventListener("submit", async (event) => {
    event.preventDefault()
    const button = event.target.querySelector("button.default")
    button.disabled = true
    try {
      const answer = await ask(event.target.action, { method: "POST", form: new FormData(event.target) })
      if (answer.form) fill(answer.form)
      else close(answer)
    } catch (error) {
      if (!(error instanceof Unanswered) || error.status === 409) return close(error)
      box.append(h("p", { className: "front-error", role: "alert" }, error.status ? error.sentence : _("The server can't be reached.")))
    } finally {
      button.disabled = false
    }
  })
  fill(html)
  return box
}

/** A number is for who has no script. */
function pictureButton(form) {
  const field = form?.querySelector("[name$=picture]")
  if (!field) return
  const button = h("button", { type: "button", onclick: async () => {
    const { choosePictures } = await import("newsroom-editor/chooser")
    const chosen = await choosePictures(JSON.parse(form.dataset.pictures), { title: _("Picture"), action: _("Choose") })
    if (chosen) field.value = chosen[0].item.id
    button.focus()
  } }, _("Choose from the library…"))
  field.after(" ", button)
}

/** Theirs or mine. Its buttons are a plain form: the page comes back with what was chosen. */
export function choose({ clash, title }) {
  return modal({
    title,
    className: "front-dialog",
    build: () => {
      const box = h("div", {})
      box.innerHTML = clash
      return box
    },
  })
}
