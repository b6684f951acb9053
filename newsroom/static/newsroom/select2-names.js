// Select2's boxes get the names of their fields: it names a combobox by its value alone, and an empty one by nothing.

const jQuery = window.django?.jQuery
let last = 0

function name(select) {
  const box = select.nextElementSibling
  const label = select.id && document.querySelector(`label[for="${CSS.escape(select.id)}"]`)
  if (!label || !box?.matches(".select2")) return
  label.id ||= `desk-label-${++last}`
  const selection = box.querySelector(".select2-selection")
  const value = box.querySelector(".select2-selection__rendered")
  const field = box.querySelector(".select2-search__field")
  // What is chosen stands in a list with a button among it, which is no list.
  if (value?.matches("ul")) value.setAttribute("role", "presentation")
  else value?.setAttribute("aria-label", label.textContent.replace(/:\s*$/, "").trim())
  if (field) {
    // A box of several is found by its search field; the frame around it is no field.
    field.setAttribute("aria-labelledby", label.id)
    selection.setAttribute("aria-labelledby", label.id)
  } else selection.setAttribute("aria-labelledby", [label.id, value?.id].filter(Boolean).join(" "))
  // Its help, and what is wrong with it.
  const told = [`${select.id}_helptext`, `${select.id}_error`].filter((id) => document.getElementById(id))
  if (told.length) (field || selection).setAttribute("aria-describedby", told.join(" "))
  if (!select.dataset.named) label.addEventListener("click", () => (field || selection).focus())
  select.dataset.named = "yes"
}

function nameAll(root = document) {
  for (const select of root.querySelectorAll("select.select2-hidden-accessible")) name(select)
}

if (jQuery) {
  // Once now, and once when Django has made the boxes that are made when the page is ready.
  nameAll()
  jQuery(() => nameAll())
  document.addEventListener("formset:added", ({ target }) => nameAll(target.nodeType ? target : document))
  // The list that drops down, and its own search field, are made anew each time.
  jQuery(document).on("select2:open", ({ target }) => {
    const label = document.querySelector(`label[for="${CSS.escape(target.id)}"]`)
    if (!label) return
    for (const part of document.querySelectorAll(".select2-container--open .select2-results__options, .select2-container--open .select2-search__field"))
      part.setAttribute("aria-labelledby", label.id)
  })
  jQuery(document).on("change.desk-names", "select", ({ target }) => name(target))
}
