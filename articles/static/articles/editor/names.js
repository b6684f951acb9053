// Names for the controls that Django's admin leaves without one: a screen reader would say "edit" and nothing else.
// A label where there is one, else the head of the table's column, and "Date" or "Time" where a field is both.

const words = (element) => element?.textContent.replace(/[:*]\s*$/, "").trim() || ""

function nameOf(control) {
  const cell = control.closest("td")
  const column = cell && cell.closest("table").querySelector(`thead th:nth-of-type(${cell.cellIndex + (isShifted(cell) ? 0 : 1)})`)
  const label = document.querySelector(`label[for="${control.id}"]`) || control.closest(".form-row")?.querySelector("label, legend")
  const part = control.matches(".vDateField") ? "Date" : control.matches(".vTimeField") ? "Time" : ""
  return [cell ? words(column) || control.name.split("-").pop() : words(label) || control.name, part].filter(Boolean).join(": ")
}

/** In Django's inlines the first column, for the row's own name, has no head: the next one's spans both. */
function isShifted(cell) {
  const table = cell.closest("table")
  return [...table.querySelectorAll("thead th")].reduce((sum, th) => sum + th.colSpan, 0) > table.querySelectorAll("thead th").length
}

function name(control) {
  if (["hidden", "submit", "button"].includes(control.type) || control.closest(".empty-form, .prose-editor")) return
  if (control.matches("select.admin-autocomplete")) nameSelect2(control)
  else if (!control.labels?.length && !control.hasAttribute("aria-label")) control.setAttribute("aria-label", nameOf(control))
}

/** What select2 puts in a <select>'s place. */
function nameSelect2(select) {
  const container = select.nextElementSibling
  if (!container?.classList.contains("select2")) return
  const title = nameOf(select)
  const chosen = container.querySelector(".select2-selection__rendered")
  const selection = container.querySelector(".select2-selection")
  const value = chosen?.title
  selection.removeAttribute("aria-labelledby")
  selection.setAttribute("aria-label", value ? `${title}: ${value}` : title)
  if (chosen?.getAttribute("role") === "textbox") chosen.setAttribute("aria-label", title)
  // A list that holds a button which is no item of it is no list to a screen reader.
  if (chosen?.matches("ul")) for (const one of [chosen, ...chosen.querySelectorAll("li")]) one.setAttribute("role", "none")
  for (const search of container.querySelectorAll(".select2-search__field")) search.setAttribute("aria-label", title)
}

const nameAll = (root = document) => root.querySelectorAll("#content-main :is(input, select, textarea)").forEach(name)

const jQuery = window.django?.jQuery
if (jQuery) {
  // Django makes its select2 fields when the document is ready, and for each new row of an inline.
  jQuery(() => setTimeout(nameAll))
  jQuery(document).on("formset:added", () => setTimeout(nameAll))
  jQuery(document).on("change", "select.admin-autocomplete", (event) => setTimeout(() => nameSelect2(event.target)))
  // The list that opens is made anew each time.
  jQuery(document).on("select2:open", ({ target }) => {
    for (const one of document.querySelectorAll(".select2-container--open .select2-search__field, .select2-results__options"))
      one.setAttribute("aria-label", nameOf(target))
    // It hangs on <body>, outside of every landmark.
    const dropdown = document.querySelector("body > .select2-container--open")
    dropdown?.setAttribute("role", "region")
    dropdown?.setAttribute("aria-label", nameOf(target))
  })
}
