// "Take me there": the focus in the field, or on the block of the text, that a check is about.

let editor = null
document.addEventListener("prose-editor:ready", ({ detail }) => {
  editor = detail.editor
})

export function goThere(form, { field, block }) {
  if (field === "body") return toBlock(form, block)
  const control = field === "bylines" ? firstByline(form) : form.elements[field]
  if (!control) return
  control.closest("details:not([open])")?.setAttribute("open", "")
  const target = visibleControl(control)
  target.scrollIntoView({ block: "center" })
  target.focus({ preventScroll: true })
}

/** Links of the page that name a field, and a block of the text: `data-go-to`, `data-block`. */
export function followLinks(form) {
  for (const link of document.querySelectorAll("a[data-go-to]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault()
      goThere(form, { field: link.dataset.goTo, block: Number(link.dataset.block || 0) })
    })
  }
}

/** The author of the first byline that has none; else of the first. */
function firstByline(form) {
  const authors = [...form.querySelectorAll(".byline:not(.empty-form) select[name$=-author]")]
  return authors.find((author) => !author.value) || authors[0] || form.querySelector(".bylines .add-row a")
}

/** Select2 and the tag field hide the select and show something of their own. */
function visibleControl(control) {
  const line = control.closest(".tag-field.is-chips")?.querySelector("input")
  if (line) return line
  const select2 = control.nextElementSibling?.matches(".select2") ? control.nextElementSibling : null
  return select2?.querySelector(".select2-search__field, .select2-selection") || control
}

function toBlock(form, block = 0) {
  if (!editor?.view?.dom?.isConnected) {
    form.elements.body.focus()
    return
  }
  const { doc } = editor.state
  const number = Math.min(block ?? 0, doc.childCount - 1)
  let position = 0
  for (let before = 0; before < number; before += 1) position += doc.child(before).nodeSize
  const node = doc.child(number)
  const chain = editor.chain()
  if (node.isTextblock) chain.setTextSelection(position + 1)
  else if (node.type.spec.selectable !== false) chain.setNodeSelection(position)
  chain.focus(null, { scrollIntoView: false }).run()
  editor.view.nodeDOM(position)?.scrollIntoView?.({ block: "center" })
}
