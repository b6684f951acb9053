// Embeds: a link, until the reader asks for more. Nothing is fetched from a third party before the click.

const ALLOWED = "autoplay; encrypted-media; fullscreen; picture-in-picture"

function load(button) {
  const figure = button.closest("figure")
  const caption = figure.querySelector("figcaption")?.textContent.trim()
  const frame = document.createElement("iframe")
  frame.className = `embed-frame embed-frame-${button.dataset.shape}`
  frame.title = caption ? `${button.dataset.title}: ${caption}` : button.dataset.title
  frame.allow = ALLOWED
  frame.loading = "eager"
  frame.referrerPolicy = "strict-origin-when-cross-origin"
  frame.src = button.dataset.frame
  figure.prepend(frame)
  button.closest(".embed-here").remove()
  frame.focus()
}

for (const button of document.querySelectorAll(".embed-load")) {
  button.closest(".embed-here").hidden = false
  button.addEventListener("click", () => load(button))
}
