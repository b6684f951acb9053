// A day and a time under one label: each of the two fields gets a name of its own, which Django gives neither.

const label = (field) => field.closest(".form-row, .fieldBox, td")?.querySelector("label, legend")?.textContent.replace(/:\s*$/, "").trim() || ""

for (const [kind, word] of [["vDateField", "date"], ["vTimeField", "time"]]) {
  for (const field of document.querySelectorAll(`.datetime .${kind}`)) {
    if (!field.hasAttribute("aria-label")) field.setAttribute("aria-label", `${label(field)}, ${window.gettext?.(word) || word}`)
  }
}

// Rows that are added later are copies of a row that was here, names included.
