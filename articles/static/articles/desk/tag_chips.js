// The chips: one for each chosen tag, in order. One stop for Tab; arrows go from chip to chip, Shift+arrows move one,
// Delete takes it away. Or by mouse: the cross, and dragging.

import { _, announce, h, nextId } from "newsroom-editor/dom"

export class Chips {
  constructor(chosen, input) {
    Object.assign(this, { chosen, input })
    const help = nextId("tag-help")
    this.help = help
    this.list = h("ul", { className: "tag-list", "aria-label": _("Chosen tags, in order"), role: "list" })
    this.element = h(
      "div",
      { className: "tag-chips" },
      this.list,
      h("span", { id: help, hidden: true }, _("Arrows: to the next. Shift and arrows: move. Delete: take away.")),
    )
    this.element.addEventListener("click", ({ target }) => target === this.element && input.focus())
    this.list.addEventListener("keydown", (event) => this.pressed(event))
    this.list.addEventListener("focusin", ({ target }) => this.settle(target.closest(".tag-chip")?.dataset.value))
    input.addEventListener("keydown", (event) => this.leaveInput(event))
    this.dragging()
    chosen.watch(() => this.paint())
    this.paint()
  }

  paint() {
    const focused = this.list.contains(document.activeElement) && document.activeElement.closest(".tag-chip")?.dataset.value
    const all = this.chosen.all
    this.list.replaceChildren(...all.map((one, place) => this.chip(one, place, all.length)))
    this.list.hidden = !all.length
    this.settle(focused)
    if (focused) this.focus(focused)
  }

  chip({ value, name, isNew }, place, count) {
    const words = isNew ? `${name} (${_("new")})` : name
    return h(
      "li",
      { className: `tag-chip${isNew ? " is-new" : ""}`, draggable: true, "data-value": value },
      h(
        "button",
        { type: "button", className: "tag-name", "aria-label": `${words}, ${place + 1} ${_("of")} ${count}`, "aria-describedby": this.help },
        name,
        isNew ? h("span", { className: "tag-new", "aria-hidden": "true" }, _("new")) : null,
      ),
      h("button", { type: "button", className: "tag-remove", tabIndex: -1, "aria-label": `${_("Remove")} ${name}`, onclick: () => this.remove(value) }, "×"),
    )
  }

  /** Tab stops at one chip: the one last used, or the last. */
  settle(value) {
    const names = [...this.list.querySelectorAll(".tag-name")]
    const stop = names.find((one) => one.parentElement.dataset.value === value) || names.at(-1)
    for (const one of names) one.tabIndex = one === stop ? 0 : -1
  }

  focus(value) {
    const chip = [...this.list.children].find((one) => one.dataset.value === value)
    const target = chip?.querySelector(".tag-name") || this.input
    target.focus()
  }

  pressed(event) {
    const chip = event.target.closest(".tag-chip")
    if (!chip || event.ctrlKey || event.metaKey || event.altKey) return
    const all = this.chosen.all
    const here = [...this.list.children].indexOf(chip)
    const isBack = getComputedStyle(this.list).direction === "rtl" ? "ArrowRight" : "ArrowLeft"
    const step = { ArrowLeft: 1, ArrowRight: 1 }[event.key] && (event.key === isBack ? -1 : 1)
    if (step && event.shiftKey) this.move(all[here], here + step)
    else if (step) here + step < all.length ? this.focus(all[Math.max(0, here + step)].value) : this.input.focus()
    else if (event.key === "Home") this.focus(all[0].value)
    else if (event.key === "End") this.input.focus()
    else if (event.key === "Delete" || event.key === "Backspace") this.remove(all[here].value, event.key === "Backspace" ? -1 : 0)
    else return
    event.preventDefault()
  }

  /** From the beginning of the line back to the chips; Backspace there takes the last away. */
  leaveInput(event) {
    if (this.input.selectionStart !== 0 || this.input.selectionEnd !== 0 || event.defaultPrevented) return
    const last = this.chosen.all.at(-1)
    if (!last || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === "ArrowLeft") this.focus(last.value)
    else if (event.key === "Backspace" && !event.repeat) {
      this.chosen.remove(last.value)
      announce(`${last.name} ${_("removed")}`)
    } else return
    event.preventDefault()
  }

  /** The focus goes to the chip that takes its place; to the line when there is none. */
  remove(value, step = 0) {
    const all = this.chosen.all
    const here = all.findIndex((one) => one.value === value)
    const rest = all.filter((one) => one.value !== value)
    const next = rest[Math.max(0, Math.min(here + step, rest.length - 1))]
    this.chosen.remove(value)
    announce(`${all[here].name} ${_("removed")}`)
    if (next) this.focus(next.value)
    else this.input.focus()
  }

  move(one, place) {
    if (place < 0 || !this.chosen.move(one.value, place)) return
    this.focus(one.value)
    const all = this.chosen.all
    announce(`${one.name}: ${all.findIndex(({ value }) => value === one.value) + 1} ${_("of")} ${all.length}`)
  }

  dragging() {
    let dragged = null
    this.list.addEventListener("dragstart", (event) => {
      dragged = event.target.closest?.(".tag-chip")
      if (!dragged) return
      event.dataTransfer.effectAllowed = "move"
      event.dataTransfer.setData("text/plain", dragged.querySelector(".tag-name").firstChild.textContent)
      dragged.classList.add("is-dragged")
    })
    this.list.addEventListener("dragover", (event) => dragged && event.preventDefault())
    this.list.addEventListener("drop", (event) => {
      const over = event.target.closest(".tag-chip")
      if (!dragged || !over) return
      event.preventDefault()
      const one = this.chosen.all.find(({ value }) => value === dragged.dataset.value)
      if (one) this.move(one, [...this.list.children].indexOf(over))
    })
    this.list.addEventListener("dragend", () => {
      dragged?.classList.remove("is-dragged")
      dragged = null
    })
  }
}
