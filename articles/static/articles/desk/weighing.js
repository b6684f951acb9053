// Proposes whether readers are told of a change, by what stands in the form. Publishing decides anew by what it saves.

import { api } from "newsroom-editor/api"
import { whenChanged } from "newsroom-desk/reading_form"

const form = document.getElementById("article_form")
const said = form?.querySelector("[data-weigh]")

if (said) {
  const weigh = async () => {
    try {
      said.textContent = (await api(said.dataset.weigh, { method: "POST", body: new FormData(form) })).said
    } catch {
      said.textContent = "" // an old proposal would be none
    }
  }
  whenChanged(form, weigh, 1500)
  weigh()
}
