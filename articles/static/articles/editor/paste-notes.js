// Footnotes of Word, LibreOffice, Google Docs and web pages: a mark and a note that link to each other.

/** What editors said to each other in the margin of Word or Google Docs must not become a note to readers. */
export function withoutComments(body) {
  for (const list of [...body.querySelectorAll("[data-css*='mso-element:comment-list' i]")]) list.remove()
  for (const mark of [...body.querySelectorAll(".MsoCommentReference, a.msocomanchor, a[href*='#_msocom']")]) mark.remove()
  for (const back of [...body.querySelectorAll("a[href*='#cmnt_ref']")]) (back.closest("div") || back.closest("p") || back).remove()
  for (const mark of [...body.querySelectorAll("a[href*='#cmnt']")]) (mark.closest("sup") || mark).remove()
}

export function footnotes(body) {
  for (const mark of [...body.querySelectorAll("a[href*='#']")]) {
    if (!mark.isConnected) continue
    const found = noteOf(mark, body)
    if (!found) continue
    const { note, back } = found
    back.remove()
    if (!note.textContent.trim()) continue
    const span = body.ownerDocument.createElement("span")
    span.setAttribute("data-footnote", "")
    span.append(...inlineOf(note))
    const place = mark.closest("sup") || mark
    place.replaceWith(span)
    removeWithFrame(note)
  }
  for (const rest of [...body.querySelectorAll("[data-css*='mso-element:footnote-list' i], [data-css*='mso-element: footnote-list' i]")])
    if (!rest.textContent.trim()) rest.remove()
}

const nameIn = (link) => decodeURIComponent((link.getAttribute("href") || "").split("#")[1] || "")

/** The note that this mark leads to, if it leads back to the mark and stands after it. */
function noteOf(mark, body) {
  const named = (name) => name && (body.querySelector(`[id="${CSS.escape(name)}"]`) || body.querySelector(`a[name="${CSS.escape(name)}"]`))
  const target = named(nameIn(mark))
  if (!target || !(mark.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING)) return null
  const mine = [mark.id, mark.getAttribute("name"), mark.closest("sup[id], span[id]")?.id].filter(Boolean)
  const links = target.tagName === "A" ? [target] : [...target.querySelectorAll("a[href*='#']")]
  const back = links.find((link) => mine.includes(nameIn(link)))
  if (!back) return null
  const note = target.tagName === "A" ? target.closest("[data-css*='mso-element:footnote' i]:not([data-css*='footnote-list' i]), [data-css*='mso-element:endnote' i]:not([data-css*='endnote-list' i]), div[id^=sdfootnote], li, p, div") : target
  return note && !note.contains(mark) ? { note, back } : null
}

/** The note's words with their bold, italic and links; its paragraphs in one line. */
function inlineOf(note) {
  const paragraphs = note.querySelectorAll("p").length ? [...note.querySelectorAll("p")] : [note]
  const content = []
  for (const paragraph of paragraphs) {
    if (content.length) content.push(" ")
    content.push(...paragraph.childNodes)
  }
  const first = content.find((node) => node.textContent.trim())
  if (first) trimStart(first)
  return content
}

function trimStart(node) {
  let text = node
  while (text.firstChild) text = text.firstChild
  if (text.nodeType === Node.TEXT_NODE) text.data = text.data.replace(/^[\s\u00a0.]+/, "")
}

function removeWithFrame(note) {
  const frame = note.parentElement
  note.remove()
  // The line above the notes, and the list that held them.
  if (frame && frame.tagName !== "BODY" && !frame.textContent.trim()) frame.remove()
}
