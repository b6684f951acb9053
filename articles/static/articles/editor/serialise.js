// From the editor's document to the HTML that is stored: the vocabulary's own form, not the editor's. Where the editor
// needs more markup than is kept (a paragraph in every cell and list item), it is taken off again here, so that one
// changed word is one changed line in the history.

import { pm } from "django-prose-editor/editor"

// Elsewhere than on the page: nothing in it is loaded or run.
const elsewhere = document.implementation.createHTMLDocument("")

export function serialise(doc, schema) {
  const box = elsewhere.createElement("div")
  pm.model.DOMSerializer.fromSchema(schema).serializeFragment(doc.content, { document: elsewhere }, box)
  for (const item of box.querySelectorAll("li, td, th")) unwrapParagraph(item)
  for (const table of box.querySelectorAll("table")) giveHead(table)
  for (const list of box.querySelectorAll("ol")) for (const name of ["type", "data-type"]) list.removeAttribute(name)
  for (const code of box.querySelectorAll("pre > code")) code.replaceWith(...code.childNodes)
  for (const caption of box.querySelectorAll("figcaption")) if (!caption.hasChildNodes()) caption.remove()
  while (isEmptyParagraph(box.lastElementChild)) box.lastElementChild.remove()
  return box.innerHTML
}

const isEmptyParagraph = (element) => element?.localName === "p" && !element.hasChildNodes()

/** <li><p>a</p></li> is kept as <li>a</li>; lists below it may follow. Several paragraphs stay what they are. */
function unwrapParagraph(item) {
  const [first, ...others] = item.children
  if (first?.localName !== "p") return
  if (others.every((one) => one.localName === "ul" || one.localName === "ol")) first.replaceWith(...first.childNodes)
}

/** Rows of header cells at the top are the table's head; header cells further down head their row. */
function giveHead(table) {
  const rows = [...table.rows]
  const isHead = (row) => [...row.cells].every((cell) => cell.localName === "th")
  const below = rows.findIndex((row) => !isHead(row))
  const head = rows.slice(0, below < 0 ? 1 : below).filter((row) => isHead(row))
  for (const row of rows.slice(head.length))
    for (const cell of row.cells) if (cell.localName === "th" && !cell.hasAttribute("scope")) cell.setAttribute("scope", "row")
  if (!head.length) return
  const thead = elsewhere.createElement("thead")
  thead.append(...head)
  table.prepend(thead)
  for (const body of table.tBodies) if (!body.rows.length) body.remove()
}
