// Buttons that copy the field they name: <button data-copies="id of an input" hidden>.

const status = document.getElementById("copied")

async function copy(button) {
  const field = document.getElementById(button.dataset.copies)
  try {
    await navigator.clipboard.writeText(field.value)
    button.textContent = "Copied"
    status.textContent = "The address is copied."
  } catch {
    // No clipboard without HTTPS, or not allowed: then it is marked, and the keyboard copies it.
    field.select()
    button.textContent = "Press Ctrl+C"
    status.textContent = "The address is selected: copy it with the keyboard."
  }
  setTimeout(() => {
    button.textContent = "Copy"
  }, 2500)
}

for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = false
  button.addEventListener("click", () => copy(button))
}
