// Checks while one writes: reads the form when the writer pauses, asks the desk what it doesn't know, shows the list.

import { api } from "newsroom-editor/api"
import { checksList } from "newsroom-desk/checks_list"
import { blocksOf, findings, picturesOf } from "newsroom-desk/checks_rules"
import { readForm, whenChanged } from "newsroom-desk/reading_form"
import { isTitleCut } from "newsroom-desk/appearance"

export function showChecks(form) {
  const place = document.getElementById("checks")
  const source = document.getElementById("checks-config")
  if (!place || !source) return
  const config = JSON.parse(source.textContent)
  const show = checksList(place, form, config.rules)
  const pictures = library(config.pictures)
  const tags = library(config.tagUses)
  const look = async () => {
    const state = readForm(form)
    const wanted = picturesOf(blocksOf(state.body)).map(({ id }) => id)
    await Promise.all([pictures.learn([state.lead.id, ...wanted]), tags.learn(state.tags.filter((one) => /^\d+$/.test(one)))])
    const title = state.seo.title || state.headline
    show(findings(readForm(form), config, { pictures: pictures.known, tags: tags.known, isTitleCut: isTitleCut(title) }))
  }
  whenChanged(form, look)
  // Back from another tab, where a picture may have been given its text.
  window.addEventListener("focus", () => {
    pictures.forget()
    look()
  })
  look()
}

/** What the server says of numbered things, asked once each. `known` holds null for what it doesn't have. */
function library(url) {
  const known = new Map()
  return {
    known,
    forget: () => known.clear(),
    async learn(ids) {
      const unknown = [...new Set(ids)].filter((id) => id && !known.has(id)).slice(0, 200)
      if (!url || !unknown.length) return
      try {
        const { results = [] } = await api(url, { params: { ids: unknown.join(",") } })
        for (const id of unknown) known.set(id, null)
        for (const one of results) known.set(String(one.id), one)
      } catch {
        // Not known is not wrong: the checks that need it wait, and it is asked again at the next change.
      }
    },
  }
}
