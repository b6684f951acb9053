// People to mention, offered while one types @ and the beginning of a name. A text field with suggestions after the ARIA
// pattern: arrows choose, Enter or Tab takes, Escape closes the list only.

import { ask, Unanswered } from "newsroom-desk/asking"
import { _, announce, debounce, h, nextId } from "newsroom-editor/dom"

// What is typed of a name, up to the caret: two words at most, since names have spaces.
const BEGUN = /(?:^|[\s(])@([\p{L}\p{N}_.+-]*(?: [\p{L}\p{N}_.+-]+)?)$/u
const GOING_ELSEWHERE = new Set(["ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"])

/** `field` is a textarea; its data-people is the address that answers {people: [{username, name}]} to ?q=. */
export function offerPeople(field) {
  const list = h("ul", { id: nextId("people"), role: "listbox", "aria-label": _("People"), className: "note-people", hidden: true })
  field.after(list)
  for (const [name, value] of Object.entries({ "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": list.id }))
    field.setAttribute(name, value)
  let people = []
  let active = -1
  let asked = 0
  let settled = -1 // where the @ stands that was answered or whose list was closed: it is not asked about again

  /** The words after the @ before the caret, and where that @ stands; null outside of a mention. */
  const begun = () => {
    const caret = field.selectionStart
    const words = caret === field.selectionEnd && BEGUN.exec(field.value.slice(0, caret))?.[1]
    return typeof words === "string" ? { words, start: caret - words.length - 1 } : null
  }
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
    if (list.hidden && people.length) requestAnimationFrame(() => list.scrollIntoView({ block: "nearest" }))
    list.hidden = !people.length
    setActive(people.length ? 0 : -1)
  }
  const close = () => {
    asked++ // an answer that is on its way comes too late
    show([])
  }
  const settle = () => {
    settled = begun()?.start ?? -1
    close()
  }
  const pick = (place) => {
    const found = begun()
    if (found) field.setRangeText(`@${people[place].username} `, found.start, field.selectionStart, "end")
    settled = found?.start ?? -1
    close()
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
  const look = debounce(async () => {
    const found = begun()
    if (!found || found.start === settled) return close()
    const mine = ++asked
    const told = await ask(`${field.dataset.people}?q=${encodeURIComponent(found.words)}`).catch((error) => {
      if (error instanceof Unanswered) return { people: [] } // one can write the name oneself
      throw error
    })
    if (mine !== asked || document.activeElement !== field) return // a later question is on its way
    show(told.people)
    if (people.length) announce(`${_("People to choose from:")} ${people.length}`)
  }, 150)

  field.addEventListener("input", () => {
    const found = begun()
    if (found?.start !== settled) settled = -1
    if (found && settled === -1) look()
    else close()
  })
  for (const leaving of ["blur", "click"]) field.addEventListener(leaving, close)
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return
    if (event.ctrlKey || event.metaKey || event.altKey || GOING_ELSEWHERE.has(event.key)) return close()
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setActive((active + step + people.length) % people.length)
    else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) pick(active)
    else if (event.key === "Escape") settle()
    else return
    event.preventDefault()
    event.stopPropagation()
  })
}
