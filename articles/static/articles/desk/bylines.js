// The order of the bylines by arrows instead of numbers. The numbers stay in the form, and are what is saved.

import { _, announce, h } from "newsroom-editor/dom"

const position = (row) => row.querySelector("input[name$=-position]")
const author = (row) => row.querySelector("select[name$=-author]")

export function keepBylinesInOrder(form) {
  const group = form.querySelector("#bylines-group")
  if (!group?.querySelector(".byline input[name$=-position]")) return // only to look at
  group.classList.add("has-arrows")
  const rows = () => [...group.querySelectorAll(".byline:not(.empty-form)")]
  const template = group.querySelector(".empty-form")
  const inOrder = (sorted) => sorted.forEach((row) => (template ? template.before(row) : row.parentElement.append(row)))

  /** Only when something was moved: a form that nobody touched must not look changed. An empty row keeps its number:
      with another it would count as begun, and be refused. */
  function number() {
    rows().forEach((row, index) => {
      const field = position(row)
      field.value = author(row).value ? index : field.defaultValue
      row.dataset.placed = author(row).value ? "yes" : ""
    })
  }

  /** Who is added comes last; who takes somebody's place keeps it. */
  function place(row) {
    if (row.matches(".has_original, .empty-form") || (author(row).value && row.dataset.placed)) return
    row.dataset.placed = author(row).value ? "yes" : ""
    const others = rows().filter((other) => other !== row && author(other).value)
    const last = Math.max(-1, ...others.map((other) => Number(position(other).value)))
    position(row).value = author(row).value ? last + 1 : position(row).defaultValue
  }

  function enableArrows() {
    rows().forEach((row, index, all) => {
      row.querySelector(".byline-up").disabled = index === 0
      row.querySelector(".byline-down").disabled = index === all.length - 1
    })
  }

  function move(row, step) {
    const all = rows()
    const to = all.indexOf(row) + step
    if (to < 0 || to >= all.length) return
    if (step < 0) all[to].before(row)
    else all[to].after(row)
    number()
    enableArrows()
    form.dispatchEvent(new Event("input", { bubbles: true }))
    const button = row.querySelector(step < 0 ? ".byline-up" : ".byline-down")
    ;(button.disabled ? row.querySelector(".byline-move button:not(:disabled)") : button)?.focus()
    announce(`${author(row).selectedOptions[0]?.textContent || _("Byline")}: ${to + 1} / ${all.length}`)
  }

  function dress(row) {
    row.querySelector(".byline-move")?.remove() // a clone of the empty row
    const arrow = (step, className, sign, name) =>
      h("button", { type: "button", className, "aria-label": name, title: name, onclick: () => move(row, step) }, h("span", { "aria-hidden": "true" }, sign))
    row.append(h("div", { className: "byline-move" }, arrow(-1, "byline-up", "↑", _("Move up")), arrow(1, "byline-down", "↓", _("Move down"))))
  }

  rows().forEach(dress)
  enableArrows()
  document.addEventListener("formset:added", ({ target }) => {
    if (!target.matches?.(".byline")) return
    dress(target)
    enableArrows()
  })
  // Django numbers the forms anew by their place on the page when one is taken out: saved ones must come first then.
  group.addEventListener(
    "click",
    ({ target }) => {
      if (target.closest(".inline-deletelink")) inOrder(rows().sort((a, b) => formNumber(a) - formNumber(b)))
    },
    true,
  )
  document.addEventListener("formset:removed", ({ detail }) => {
    if (detail?.formsetName !== "bylines") return
    // After Django has numbered them, which comes behind this event.
    queueMicrotask(() => {
      inOrder(rows().sort((a, b) => rank(a) - rank(b)))
      enableArrows()
    })
  })
  window.django?.jQuery(group).on("change", "select[name$=-author]", ({ target }) => place(target.closest(".byline")))
}

const formNumber = (row) => Number(row.id.split("-").pop())
const rank = (row) => (author(row).value ? Number(position(row).value) : Infinity)
