// A text field with a list of suggestions from the server, after the ARIA pattern: arrows choose, Enter takes,
// Escape closes the list only.

import { announce, debounce, h, nextId } from "newsroom-editor/dom"

/** `search(text)` answers a promise of items, `render(item)` what stands in the list, `onPick(item, input)` takes one.
    Answers {input, list, element}. */
export function combobox({ label, search, render, onPick, placeholder = "", wait = 180 }) {
  const listId = nextId("ne-list")
  const input = h("input", {
    type: "text", role: "combobox", autocomplete: "off", placeholder,
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listId,
  })
  const list = h("ul", { id: listId, role: "listbox", "aria-label": label, className: "ne-listbox", hidden: true })
  let items = []
  let active = -1
  let asked = 0

  const setActive = (place) => {
    active = place
    for (const [index, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(index === place))
    if (place < 0) return input.removeAttribute("aria-activedescendant")
    input.setAttribute("aria-activedescendant", list.children[place].id)
    list.children[place].scrollIntoView({ block: "nearest" })
  }
  const show = (open) => {
    list.hidden = !open
    input.setAttribute("aria-expanded", String(open))
    setActive(-1)
  }
  const pick = (place) => {
    if (!items[place]) return
    onPick(items[place], input)
    show(false)
  }
  const option = (item, place) => {
    const element = h("li", { id: `${listId}-${place}`, role: "option", "aria-selected": "false" }, render(item))
    element.addEventListener("mousedown", (event) => {
      event.preventDefault() // the field keeps the focus
      pick(place)
    })
    return element
  }
  const look = debounce(async () => {
    const mine = ++asked
    const found = await search(input.value.trim())
    if (mine !== asked) return // a later question is on its way
    items = found
    list.replaceChildren(...items.map(option))
    show(items.length > 0 && document.activeElement === input)
    if (input.value.trim()) announce(items.length ? `${items.length} suggestions` : "Nothing found")
  }, wait)

  input.addEventListener("input", look)
  input.addEventListener("focus", look)
  input.addEventListener("blur", () => setTimeout(() => show(false), 100))
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setActive((active + step + items.length) % items.length)
    else if (event.key === "Enter" && active >= 0) pick(active)
    else if (event.key === "Escape") show(false)
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  return { input, list, element: h("div", { className: "ne-combobox" }, input, list) }
}
