// How the article will look in search results and where it is shared, from the form as it stands.

import { api } from "newsroom-editor/api"
import { _, h } from "newsroom-editor/dom"
import { readForm, whenChanged } from "newsroom-desk/reading_form"

// What Google shows on a desktop: a title of 600 pixels in Arial 20, two lines of description in Arial 14.
const TITLE = { font: "20px Arial, Helvetica, sans-serif", width: 600 }
const DESCRIPTION = { font: "14px Arial, Helvetica, sans-serif", width: 1160 }

const ruler = document.createElement("canvas").getContext("2d")

function widthOf(words, font) {
  if (!ruler) return 0
  ruler.font = font
  return ruler.measureText(words).width
}

/** Cut at a word, with an ellipsis, as search engines do. */
function cut(words, { font, width }) {
  if (widthOf(words, font) <= width) return words
  const parts = words.split(" ")
  while (parts.length > 1 && widthOf(`${parts.join(" ")} …`, font) > width) parts.pop()
  return `${parts.join(" ")} …`
}

/** Is it the article's own words that are cut? That the site's name falls off behind them is no loss. */
export const isTitleCut = (title) => widthOf(title, TITLE.font) > TITLE.width

export function showAppearance(form) {
  const place = document.querySelector("[data-appearance]")
  if (!place) return
  const at = (name) => place.querySelector(`[data-${name}]`)
  const thumbnails = new Map()
  const meters = [meter(form.elements.seo_title, TITLE), meter(form.elements.seo_description, DESCRIPTION)]

  async function show() {
    const state = readForm(form)
    const title = state.seo.title || state.headline
    const description = state.seo.description || state.standfirst
    const path = [place.dataset.host, state.section.name.toLowerCase(), state.slug || (state.headline ? "…" : "")]
    at("snippet-title").textContent = title ? cut(`${title} · ${place.dataset.site}`, TITLE) : _("No headline yet")
    at("snippet-description").textContent = cut(description, DESCRIPTION) || _("Search engines choose some words of the text.")
    at("snippet-place").textContent = path.filter(Boolean).join(" › ")
    at("share-title").textContent = title || _("No headline yet")
    at("share-description").textContent = description
    for (const update of meters) update?.(state)
    picture(await thumbnail(state.lead.id))
  }

  function picture(address) {
    const image = at("share-picture")
    if (address && image.getAttribute("src") !== address) image.src = address
    image.hidden = !address
    at("share-none").hidden = Boolean(address)
  }

  async function thumbnail(id) {
    if (!id) return ""
    if (!thumbnails.has(id)) {
      const config = JSON.parse(document.getElementById("checks-config").textContent)
      try {
        const { results = [] } = await api(config.pictures, { params: { ids: id } })
        thumbnails.set(id, results[0]?.thumb || "")
      } catch {
        return ""
      }
    }
    return thumbnails.get(id)
  }

  whenChanged(form, show, 250)
  show()
}

/** How much of the room a field's words take, in characters for people and in pixels for the bar. */
function meter(field, room) {
  if (!field) return null
  const fallback = field.name === "seo_title" ? "headline" : "standfirst"
  const bar = h("meter", { min: 0, max: room.width, high: room.width, "aria-hidden": "true" })
  const words = h("span", { className: "seo-meter-words" })
  const help = document.getElementById(`${field.id}_helptext`)
  field.closest(".flex-container").after(h("div", { className: "seo-meter" }, bar, words))
  if (help) words.id = `${field.id}_meter`
  field.setAttribute("aria-describedby", [help?.id, words.id].filter(Boolean).join(" "))
  return (state) => {
    const own = field.name === "seo_title" ? state.seo.title : state.seo.description
    const shown = own || state[fallback]
    const width = widthOf(shown, room.font)
    bar.value = Math.min(width, room.width)
    bar.classList.toggle("is-full", width > room.width)
    const fits = width > room.width ? _("longer than what is shown") : _("fits")
    words.textContent = shown ? `${[...shown].length} ${_("characters")}, ${fits}${own ? "" : ` (${_(`the ${fallback}`)})`}` : ""
  }
}
