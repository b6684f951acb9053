// The form as it stands: what would be posted, without what is no content.

// The token, what is chosen in a conflict, Django's empty row to copy, and the form's own name.
const NO_CONTENT = /^csrfmiddlewaretoken$|^choice:|^seen:|^form_name$|^_|-__prefix__-/

/** {name: [values]}, as FormData has them, without files. */
export function take(form) {
  const fields = {}
  for (const [name, value] of new FormData(form))
    if (typeof value === "string" && !NO_CONTENT.test(name)) (fields[name] ||= []).push(value)
  return fields
}

/** The same of the form as the server sent it, whatever was typed before this script came. */
export function takeSent(form) {
  const fields = {}
  for (const control of form.elements) {
    if (!control.name || control.disabled || NO_CONTENT.test(control.name)) continue
    for (const value of sentValues(control)) (fields[control.name] ||= []).push(value)
  }
  return fields
}

function sentValues(control) {
  if (["submit", "button", "file", "image", "reset"].includes(control.type)) return []
  if (["checkbox", "radio"].includes(control.type)) return control.defaultChecked ? [control.value] : []
  if (control.tagName !== "SELECT") return "defaultValue" in control ? [control.defaultValue] : []
  const chosen = [...control.options].filter((one) => one.defaultSelected)
  if (control.multiple) return chosen.map((one) => one.value)
  const one = chosen.at(-1) ?? control.options[0] // without a choice a browser shows the first
  return one ? [one.value] : []
}

/** The names of what is chosen in select fields that load their options: {name: [value, name, value, name, …]}. */
export function labels(form) {
  const found = {}
  for (const select of form.querySelectorAll("select:is(.admin-autocomplete, .tag-select)"))
    if (!select.name.includes("__prefix__"))
      found[select.name] = [...select.selectedOptions].filter((one) => one.value).flatMap((one) => [one.value, one.text])
  return found
}
