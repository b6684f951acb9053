// People to mention, offered while one types @ and the beginning of a name. A text field with suggestions after the ARIA
// pattern: arrows choose, Enter or Tab takes, Escape closes the list only.

import { announce, debounce, h, nextId } from "newsroom-editor/dom"

// What is typed of a name, up to the caret: two words at most, since names have spaces.
const BEGUN = /(?:^|[\s(])@([\p{L}\p{N}_.+-]*(?: [\p{L}\p{N}_.+-]*)?)$/u

/** `field` is a textarea; its data-people is the address that answers {people: [{username, name}]} to ?q=. */
export function offerPeople(field) {
  const list = h("ul", { id: nextId("people"), role: "listbox", "aria-label": "People", className: "note-people", hidden: true })
  field.after(list)
  for (const [name, value] of Object.entries({ "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": list.id }))
    field.setAttribute(name, value)
  let people = []
  let active = -1
  let asked = 0

  const setActive = (place) => {
    active = place
    for (const [index, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(index === place))
    if (place < 0) return field.removeAttribute("aria-activedescendant")
    field.setAttribute("aria-activedescendant", list.children[place].id)
    list.children[place].scrollIntoView({ block: "nearest" })
  }
  const show = (found) => {
    people = found
    list.replaceChildren(...people.map(option))
    list.hidden = !people.length
    setActive(people.length ? 0 : -1)
  }
  const close = () => {
    asked++ // an answer that is on its way comes too late
    show([])
  }
  const option = ({ username, name }, place) => {
    const words = name === username ? [h("strong", {}, name)] : [h("strong", {}, name), ` @${username}`]
    const element = h("li", { id: `${list.id}-${place}`, role: "option", "aria-selected": "false" }, ...words)
    element.addEventListener("mousedown", (event) => {
      event.preventDefault() // the field keeps the focus
      pick(place)
    })
    return element
  }
  const begun = () => field.selectionStart === field.selectionEnd && BEGUN.exec(field.value.slice(0, field.selectionStart))
  const pick = (place) => {
    const found = begun()
    if (found) field.setRangeText(`@${people[place].username} `, field.selectionStart - found[1].length - 1, field.selectionStart, "end")
    close()
  }
  const look = debounce(async () => {
    const found = begun()
    if (!found) return close()
    const mine = ++asked
    const answer = await fetch(`${field.dataset.people}?q=${encodeURIComponent(found[1])}`, { headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => null)
    const told = answer?.ok ? await answer.json() : { people: [] }
    if (mine !== asked || document.activeElement !== field) return // a later question is on its way
    show(told.people)
    if (told.people.length) announce(`${told.people.length} people. ${told.people[0].name}`)
  }, 150)

  field.addEventListener("input", () => {
    if (begun()) look()
    else close()
  })
  field.addEventListener("blur", close)
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.ctrlKey || event.metaKey || event.altKey) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setActive((active + step + people.length) % people.length)
    else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) pick(active)
    else if (event.key === "Escape") close()
    else return
    event.preventDefault()
    event.stopPropagation()
  })
}
