// Dragging pinned articles into another order: for who has a mouse; the arrows do the same.

/** Calls `move(article, before)` with numbers; `before` is null for the end. */
export function dragPins(list, move) {
  let dragged = null
  const pinned = (target) => target.closest?.("[data-pinned]")
  const clear = () => list.querySelectorAll(".is-target").forEach((row) => row.classList.remove("is-target"))

  list.addEventListener("dragstart", (event) => {
    dragged = pinned(event.target)
    if (!dragged) return
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setData("text/plain", dragged.dataset.headline)
  })
  list.addEventListener("dragover", (event) => {
    const row = pinned(event.target)
    if (!dragged || !row) return
    event.preventDefault()
    clear()
    row.classList.toggle("is-target", row !== dragged)
  })
  list.addEventListener("drop", (event) => {
    const row = pinned(event.target)
    if (!dragged || !row || row === dragged) return
    event.preventDefault()
    const rows = [...list.querySelectorAll("[data-pinned]")]
    const isDown = rows.indexOf(dragged) < rows.indexOf(row)
    const before = isDown ? rows[rows.indexOf(row) + 1] : row
    move(Number(dragged.dataset.article), before ? Number(before.dataset.article) : null)
  })
  list.addEventListener("dragend", () => {
    dragged = null
    clear()
  })
}
