// Names for what Django's admin leaves without one: screen readers would say "combobox" and nothing else.

const jQuery = window.django?.jQuery

/** The label of the field that select2 stands for. */
function nameOf(select) {
  const label = document.querySelector(`label[for="${select.id}"]`) || select.closest(".form-row, td")?.querySelector("label")
  const column = select.closest("td")?.className.replace(/^field-/, "").replace(/_/g, " ")
  return label?.textContent.replace(/:\s*$/, "").trim() || column || select.name
}

function name(select) {
  const container = select.nextElementSibling
  if (!container?.classList.contains("select2")) return
  const selection = container.querySelector(".select2-selection")
  const rendered = selection?.querySelector("[id]")
  selection?.setAttribute("aria-label", rendered?.title ? `${nameOf(select)}: ${rendered.title}` : nameOf(select))
  selection?.removeAttribute("aria-labelledby")
  container.querySelector(".select2-search__field")?.setAttribute("aria-label", nameOf(select))
}

const nameAll = (root = document) => root.querySelectorAll("select.admin-autocomplete").forEach(name)

if (jQuery) {
  // Django makes its select2 fields when the document is ready, and for each new row of an inline.
  jQuery(() => setTimeout(nameAll))
  jQuery(document).on("formset:added", (event) => setTimeout(() => nameAll(event.target)))
  jQuery(document).on("change", "select.admin-autocomplete", (event) => name(event.target))
  // The list that opens is made anew each time.
  jQuery(document).on("select2:open", (event) => {
    const search = document.querySelector(".select2-container--open .select2-search__field")
    search?.setAttribute("aria-label", nameOf(event.target))
    document.querySelector(".select2-results__options")?.setAttribute("aria-label", nameOf(event.target))
  })
}
