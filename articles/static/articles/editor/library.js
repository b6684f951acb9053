// The picture library as tiles: real radio buttons or checkboxes, so that form, keyboard and screen reader know them.

import { RequestFailed, api } from "newsroom-editor/api"
import { _, announce, debounce, h, nextId } from "newsroom-editor/dom"
import { remember } from "newsroom-editor/picture-info"

/** The part of the chooser for searching. `onChange(items)` hears what is chosen; `onTake()` wants it at once (double click), `onUpload()` leads to uploading, null where there is none.
    Answers {element, choose(item), load(), focus()}. */
export function library({ url, many, onChange, onTake, onUpload }) {
  const name = nextId("ne-pictures")
  let chosen = []
  let page = 0
  let asked = 0
  const search = h("input", { type: "search", id: nextId("ne-field"), placeholder: _("Title, caption, credit…"), autocomplete: "off" })
  const status = h("p", { role: "status", className: "ne-help" })
  const grid = h("div", { className: "ne-grid", role: "group", "aria-label": _("Pictures") })
  const more = h("button", { type: "button", hidden: true }, _("Show more"))
  const note = h("div", { className: "ne-empty", hidden: true })

  function toggle(item, isOn) {
    chosen = many ? chosen.filter((one) => one.id !== item.id) : []
    if (isOn) chosen.push(item)
    onChange([...chosen])
  }
  function tile(item) {
    remember(item)
    const isChosen = chosen.some((one) => one.id === item.id)
    const input = h("input", { type: many ? "checkbox" : "radio", name, value: item.id, checked: isChosen, disabled: item.missing })
    input.addEventListener("change", () => toggle(item, input.checked))
    return h(
      "label",
      { className: "ne-tile", title: item.title, "data-id": item.id, ondblclick: () => !many && !item.missing && onTake() },
      input,
      item.thumb
        ? h("img", { src: item.thumb, alt: "", loading: "lazy", width: 160, height: 120 })
        : h("span", { className: "ne-tile__none" }, _("No file yet")),
      h("span", { className: "ne-tile__title" }, item.title),
      item.needs_alt && h("span", { className: "ne-mark" }, _("No alternative text")),
      item.rights && h("span", { className: "ne-mark" }, _("Check the rights")),
    )
  }
  /** Put one (uploaded just now) in front, chosen. */
  function choose(item) {
    grid.querySelector(`[data-id="${item.id}"]`)?.remove()
    toggle(item, true)
    grid.prepend(tile(item))
    note.hidden = true
  }
  const tell = (...content) => {
    note.replaceChildren(...content)
    note.hidden = false
  }
  async function load(wanted = 1) {
    const mine = ++asked
    status.textContent = _("Loading…")
    more.disabled = true
    grid.setAttribute("aria-busy", "true")
    try {
      const found = await api(url, { params: { q: search.value.trim(), page: wanted } })
      if (mine === asked) paint(found)
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error
      if (mine !== asked) return
      status.textContent = ""
      tell(h("p", { role: "alert", className: "ne-error" }, `${_("The library could not be loaded.")} ${error.sentences.join(" ")}`),
        h("button", { type: "button", onclick: () => load(wanted) }, _("Try again")))
    } finally {
      if (mine === asked) {
        grid.removeAttribute("aria-busy")
        more.disabled = false
      }
    }
  }
  function paint({ results, page: at, more: hasMore, total }) {
    const isFirst = at === 1
    const tiles = results.filter((item) => isFirst || !grid.querySelector(`[data-id="${item.id}"]`)).map(tile)
    if (isFirst) grid.replaceChildren(...tiles)
    else grid.append(...tiles)
    page = at
    more.hidden = !hasMore
    note.hidden = true
    status.textContent = total === 1 ? _("1 picture") : `${total} ${_("pictures")}`
    if (!total) explainNothing()
    if (!isFirst) tiles[0]?.querySelector("input").focus()
  }
  function explainNothing() {
    const words = search.value.trim()
    const upload = onUpload ? h("button", { type: "button", onclick: onUpload }, _("Upload a picture")) : ""
    tell(h("p", {}, words ? `${_("Nothing found for")} “${words}”.` : _("The library is empty.")), upload)
    announce(words ? _("Nothing found") : _("The library is empty."))
  }
  const look = debounce(() => load(), 250)
  search.addEventListener("input", look)
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return
    event.preventDefault() // searching is not taking
    load()
  })
  more.addEventListener("click", () => load(page + 1))
  grid.addEventListener("keydown", (event) => step(event, grid, many))
  return {
    element: h(
      "div",
      { className: "ne-library" },
      h("div", { className: "ne-field" }, h("label", { htmlFor: search.id }, _("Search the picture library")), search),
      status,
      h("div", { className: "ne-shelf" }, grid, note, more),
    ),
    choose,
    load,
    focus: () => search.focus(),
  }
}

/** Arrows go through the tiles as they lie, up and down by rows; a radio button is chosen on the way. */
function step(event, grid, many) {
  const inputs = [...grid.querySelectorAll("input:not(:disabled)")]
  const here = inputs.indexOf(document.activeElement)
  if (here < 0) return
  const top = (input) => Math.round(input.closest("label").offsetTop)
  const columns = inputs.findIndex((input) => top(input) > top(inputs[0]))
  const row = columns > 0 ? columns : inputs.length
  const there = { ArrowRight: here + 1, ArrowLeft: here - 1, ArrowDown: here + row, ArrowUp: here - row, Home: 0, End: inputs.length - 1 }[event.key]
  if (there === undefined) return
  event.preventDefault()
  const input = inputs[there]
  input?.focus()
  if (input && !many) input.click()
}
