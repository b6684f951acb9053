// The line into which tags are typed, after the ARIA pattern of a combobox: arrows choose, Enter takes, Escape closes the
// list. What is pasted with commas is several tags.

import { api } from "newsroom-editor/api"
import { _, announce, debounce, h, nextId } from "newsroom-editor/dom"

const PAUSE = 150
const MOST_PASTED = 30
const COMMAS = /[,;\n\t]+/

export class Finder {
  constructor(chosen, input, { find, none }) {
    Object.assign(this, { chosen, input, url: find, items: [], active: -1, pending: false })
    this.none = none || _("No tag is called so. Choose one that there is, or ask an editor to make it.")
    this.list = h("ul", { id: nextId("tag-found"), role: "listbox", className: "tag-found", hidden: true, "aria-label": _("Tags") })
    this.said = h("p", { className: "tag-said", role: "status" })
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id }))
      input.setAttribute(name, value)
    input.removeAttribute("maxlength")
    const soon = debounce(() => this.look(), PAUSE)
    input.addEventListener("input", () => {
      this.said.textContent = ""
      if (!input.value.trim()) this.show([])
      this.isLate = true // what the list shows is not yet about what is typed
      soon()
    })
    input.addEventListener("keydown", (event) => this.pressed(event))
    input.addEventListener("blur", () => setTimeout(() => this.left(), 150))
    input.addEventListener("paste", (event) => this.pasted(event))
  }

  async ask(text) {
    this.asking?.abort()
    this.asking = new AbortController()
    return api(this.url, { params: { q: text }, signal: this.asking.signal })
  }

  async look() {
    const text = this.input.value.trim()
    if (!text) return this.show([])
    let answer
    try {
      answer = await this.ask(text)
    } catch (error) {
      if (error.name === "AbortError") return
      this.pending = false
      this.show([])
      this.said.textContent = error.sentences?.join(" ") || String(error)
      return
    }
    if (text !== this.input.value.trim()) return
    this.isLate = false
    this.show(itemsOf(answer))
    if (answer.told) this.said.textContent = answer.told
    else if (!this.items.length) this.said.textContent = this.none
    else announce(`${this.items.length} ${this.items.length === 1 ? _("suggestion") : _("suggestions")}`)
    if (this.pending && this.active >= 0 && (this.items[this.active].exact || this.items[this.active].isNew)) this.pick(this.active)
    this.pending = false
  }

  show(items) {
    this.items = items.filter((one) => !this.chosen.has(one) || one.exact)
    this.list.replaceChildren(...this.items.map((one, place) => this.option(one, place)))
    const isOpen = this.items.length > 0 && document.activeElement === this.input
    this.list.hidden = !isOpen
    this.input.setAttribute("aria-expanded", String(isOpen))
    // What Enter takes. Of names that only look alike, the person says which.
    this.activate(isOpen && !this.items[0].isNear ? 0 : -1)
  }

  activate(place) {
    this.active = place
    for (const [number, option] of [...this.list.children].entries()) option.setAttribute("aria-selected", String(number === place))
    if (place < 0) return this.input.removeAttribute("aria-activedescendant")
    this.input.setAttribute("aria-activedescendant", this.list.children[place].id)
    this.list.children[place].scrollIntoView({ block: "nearest" })
  }

  option(one, place) {
    const element = h("li", { id: `${this.list.id}-${place}`, role: "option", "aria-selected": "false", className: one.isNew ? "is-new" : "" }, ...wordsOf(one))
    element.addEventListener("mousedown", (event) => {
      event.preventDefault() // the line keeps the focus
      this.pick(place)
    })
    return element
  }

  pick(place) {
    const one = this.items[place]
    if (!one) return
    const isThere = !this.chosen.add(one)
    this.input.value = ""
    this.show([])
    announce(isThere ? `${one.name} ${_("is there already")}` : `${one.name} ${_("added")}`)
  }

  pressed(event) {
    if (event.isComposing) return
    const isOpen = !this.list.hidden
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === "Enter") {
      event.preventDefault() // it must not press a button of the form
      if (!this.input.value.trim()) return
      if (this.isLate) this.pending = true
      else if (this.active >= 0) this.pick(this.active)
    } else if (step && isOpen) {
      event.preventDefault()
      const count = this.items.length
      this.activate(this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count)
    } else if (step && this.input.value.trim()) {
      event.preventDefault()
      this.look()
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault()
      event.stopPropagation()
      this.show([])
    }
  }

  /** What is typed in full is meant, also by who goes on to another field. What is not is said, and not lost silently. */
  left() {
    if (document.activeElement === this.input) return
    const [first] = this.items
    if (first?.exact && !this.isLate) this.pick(0)
    this.show([])
    const text = this.input.value.trim()
    if (text && !this.said.textContent) this.said.textContent = `“${text}” ${_("is not chosen: press Enter on one of the list, or empty this line.")}`
  }

  async pasted(event) {
    const text = event.clipboardData?.getData("text/plain") || ""
    const parts = [...new Set(text.split(COMMAS).map((one) => one.trim().replace(/\s+/g, " ")).filter(Boolean))].slice(0, MOST_PASTED)
    if (parts.length < 2) return
    event.preventDefault()
    const left = []
    try {
      const whole = itemsOf(await this.ask(text.trim())).find((one) => one.exact)
      if (whole) return void this.chosen.add(whole) // a name with a comma in it
      for (const part of parts) {
        const found = itemsOf(await this.ask(part))
        const one = found.find(({ exact }) => exact) || (found.some(({ isNear }) => isNear) ? null : found.find(({ isNew }) => isNew))
        if (one) this.chosen.add(one)
        else left.push(part)
      }
    } catch (error) {
      if (error.name !== "AbortError") this.said.textContent = error.sentences?.join(" ") || String(error)
      left.push(...parts.filter((part) => !left.includes(part) && !this.chosen.has({ name: part })))
    }
    this.input.value = left.join(", ")
    if (left.length) this.said.textContent = `${_("Not found, or like another one; type them one by one:")} ${left.join(", ")}`
    else announce(`${parts.length} ${_("tags added")}`)
  }
}

/** Tags, then what looks alike, then making one. */
function itemsOf({ results = [], near = [], create = "" }) {
  return [...results, ...near.map((one) => ({ ...one, isNear: true })), ...(create ? [{ name: create, isNew: true }] : [])]
}

function wordsOf({ name, alias, kind, uses, isNear, isNew }) {
  if (isNew) return [`${_("Create")} “${name}”`]
  const told = [kind, uses ? `${uses} ${uses === 1 ? _("article") : _("articles")}` : ""].filter(Boolean).join(" · ")
  return [
    isNear ? h("span", { className: "tag-quiet" }, `${_("Looks like")} `) : null,
    alias ? h("span", {}, `${alias} → `) : null,
    h("strong", {}, name),
    told ? h("span", { className: "tag-quiet" }, ` ${told}`) : null,
  ].filter(Boolean)
}
