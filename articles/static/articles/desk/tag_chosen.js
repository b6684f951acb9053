// What is chosen: the options of the form's own <select>, in their order. Everything else reads and writes it there, so that
// the form, its autosave and whoever listens to it see nothing but a field that changes.

export const NEW = "new:"

/** As the server compares names, about: enough to know one's own chip again. */
export const alike = (one, other) => plain(one) === plain(other)
const plain = (text) =>
  text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\s\u2010-\u2015_-]/g, "")
    .toLowerCase()

export class Chosen {
  constructor(select) {
    this.select = select
    this.watchers = []
    select.addEventListener("change", () => this.watchers.forEach((act) => act()))
  }

  /** Calls `act` whenever it changed, by whomever. */
  watch(act) {
    this.watchers.push(act)
  }

  get all() {
    return [...this.select.selectedOptions].map((option) => ({
      value: option.value,
      name: option.text,
      isNew: option.value.startsWith(NEW),
    }))
  }

  get numbers() {
    return this.all.filter(({ isNew }) => !isNew).map(({ value }) => value)
  }

  has({ id, name }) {
    return this.all.some((one) => (id ? one.value === String(id) : false) || alike(one.name, name))
  }

  /** A tag of the server's, or a new one when it has no number. False when it is there already. */
  add({ id, name }) {
    if (this.has({ id, name })) return false
    const value = id ? String(id) : NEW + name
    const option = [...this.select.options].find((one) => one.value === value) || new Option(name, value)
    this.select.append(option)
    option.selected = true
    this.tell()
    return true
  }

  remove(value) {
    this.optionOf(value)?.remove()
    this.tell()
  }

  /** Before the one that is at that place now. */
  move(value, place) {
    const option = this.optionOf(value)
    const others = [...this.select.selectedOptions].filter((one) => one !== option)
    const to = Math.max(0, Math.min(place, others.length))
    if (!option || [...this.select.selectedOptions].indexOf(option) === to) return false
    this.select.insertBefore(option, others[to] || null)
    option.selected = true
    this.tell()
    return true
  }

  optionOf(value) {
    return [...this.select.options].find((one) => one.value === value)
  }

  tell() {
    for (const type of ["input", "change"]) this.select.dispatchEvent(new Event(type, { bubbles: true }))
  }
}
