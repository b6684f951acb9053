// Dragging a card by its grip to another place, in its own container or in another: with a mouse, a pen or a finger.
// The arrows do the same.

import { h } from "newsroom-editor/dom"

const EDGE = 60 // pixels from the window's edge within which the page scrolls along

/** Calls `drop(from, box, place)`: where the card was, the container it goes to, and its place there, itself not counted. */
export function dragRows(board, drop) {
  board.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest?.("[data-grip]")
    if (!grip || event.button) return
    event.preventDefault()
    follow(board, grip, event, drop)
  })
}

function follow(board, grip, start, drop) {
  const row = grip.closest("[data-row]")
  const marker = h("li", { className: "front-marker", "aria-hidden": "true" })
  const ending = new AbortController()
  const { signal } = ending
  let scrolling = 0
  grip.setPointerCapture(start.pointerId)
  row.classList.add("is-dragged")

  const end = () => {
    ending.abort()
    clearInterval(scrolling)
    row.classList.remove("is-dragged")
    marker.remove()
  }
  const others = (list) => [...list.children].filter((one) => one !== row && one.dataset.row)

  grip.addEventListener("pointermove", ({ clientX, clientY }) => {
    clearInterval(scrolling)
    const step = clientY < EDGE ? -12 : clientY > innerHeight - EDGE ? 12 : 0
    if (step) scrolling = setInterval(() => scrollBy(0, step), 16)
    const list = document.elementFromPoint(clientX, clientY)?.closest("[data-box]")?.querySelector("[data-rows]")
    if (!list || !board.contains(list)) return marker.remove()
    const after = others(list).find((one) => {
      const { top, height } = one.getBoundingClientRect()
      return clientY < top + height / 2
    })
    list.insertBefore(marker, after || null)
  }, { signal })
  grip.addEventListener("pointerup", () => {
    const list = marker.parentElement
    const before = list ? [...list.children].slice(0, [...list.children].indexOf(marker)) : []
    const place = before.filter((one) => one !== row && one.dataset.row).length
    end()
    if (!list) return
    const [box, was] = row.dataset.row.split("|")
    if (box !== list.dataset.rows || Number(was) !== place) drop(row.dataset.row, list.dataset.rows, place)
  }, { signal })
  grip.addEventListener("pointercancel", end, { signal })
  document.addEventListener("keydown", (event) => event.key === "Escape" && end(), { signal })
}
