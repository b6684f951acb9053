// Filling a form from a snapshot, as if it had been typed: choosers, rows that were added, the body's editor.

const editors = new Map()
document.addEventListener("prose-editor:ready", ({ detail }) => editors.set(detail.textarea, detail.editor))

/** Fills every field that the snapshot knows. Rows are added or taken away until there are as many as it has. */
export function fill(form, { fields, labels = {} }) {
  for (const name of Object.keys(fields).filter((one) => one.endsWith("-TOTAL_FORMS")))
    setRows(form, name.slice(0, -"-TOTAL_FORMS".length), Number(fields[name][0]))
  for (const control of [...form.elements]) {
    const { name } = control
    if (!name || name.includes("__prefix__") || isNoContent(control)) continue
    const values = fields[name]
    if (control.type === "checkbox" || control.type === "radio") setChecked(control, values || [])
    else if (control.tagName === "SELECT") setSelected(control, values || [], labels[name] || [])
    else if (values) setText(control, values[0])
  }
}

const isNoContent = (control) =>
  ["csrfmiddlewaretoken", "form_name"].includes(control.name) ||
  /^(choice|seen):|^_/.test(control.name) ||
  ["submit", "button", "file", "image", "reset"].includes(control.type)

const tell = (control) => {
  for (const type of ["input", "change"]) control.dispatchEvent(new Event(type, { bubbles: true }))
}

function setText(control, value) {
  const editor = editors.get(control)
  if (editor) {
    // Kept in the editor's own history, so that its Undo takes it back.
    if (control.value !== value) editor.commands.setContent(value, { emitUpdate: true })
    return
  }
  if (control.value === value) return
  control.value = value
  if (control.type !== "hidden") tell(control)
}

function setChecked(control, values) {
  const wanted = values.includes(control.value)
  if (control.checked === wanted) return
  control.checked = wanted
  tell(control)
}

function setSelected(select, values, pairs) {
  const before = JSON.stringify([...select.selectedOptions].map((one) => one.value))
  for (const value of values)
    if (value && ![...select.options].some((one) => one.value === value)) {
      const at = pairs.findIndex((one, number) => number % 2 === 0 && one === value)
      select.append(new Option(at < 0 ? value : pairs[at + 1], value))
    }
  for (const option of select.options) option.selected = values.includes(option.value)
  // The order counts where several are chosen.
  if (select.multiple) for (const option of values.map((value) => [...select.options].find((one) => one.value === value))) if (option) select.append(option)
  if (before !== JSON.stringify([...select.selectedOptions].map((one) => one.value))) tell(select)
}

function setRows(form, prefix, wanted) {
  const total = form.elements[`${prefix}-TOTAL_FORMS`]
  const group = document.getElementById(`${prefix}-group`)
  if (!total || !group || !Number.isInteger(wanted) || wanted > 1000) return
  const add = group.querySelector(".add-row a")
  while (add && Number(total.value) < wanted) {
    const before = Number(total.value)
    add.click()
    if (Number(total.value) === before) break // no more are allowed
  }
  // Rows beyond belong to a colleague, or were empty: they are not part of what is restored, and a save keeps them.
  for (let number = Number(total.value) - 1; number >= wanted; number--) document.getElementById(`${prefix}-${number}`)?.remove()
  total.value = String(wanted)
}
