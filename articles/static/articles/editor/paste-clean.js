// HTML from Word, Google Docs, web pages and mail, as the editor's vocabulary. Pure: text in, text out.

import { marksFromStyles } from "newsroom-editor/paste-inline"
import { mendLists, onlineLists, wordLists } from "newsroom-editor/paste-lists"
import { footnotes, withoutComments } from "newsroom-editor/paste-notes"

const KEPT_ATTRIBUTES = /^(?:href|colspan|rowspan|start|scope|data-footnote)$/
const GONE = "meta,style,script,link,title,xml,o\\:p,iframe,object,embed,template,noscript,svg,canvas,video,audio,button,input,select,textarea,col,colgroup,[hidden]"
const BLOCKS = "p,div,ul,ol,li,table,h2,h3,blockquote,pre,hr,figure,section,article,header,footer,main,aside"
const RENAMED = {
  h1: "h2", h4: "h3", h5: "h3", h6: "h3", b: "strong", i: "em", cite: "em", strike: "s", del: "s",
  tt: "code", kbd: "code", samp: "code", dt: "p", dd: "p", center: "p", address: "p", summary: "p", caption: "p", figcaption: "p",
}

export function replaceTag(element, tag) {
  const made = element.ownerDocument.createElement(tag)
  made.append(...element.childNodes)
  for (const { name, value } of element.attributes) if (KEPT_ATTRIBUTES.test(name)) made.setAttribute(name, value)
  element.replaceWith(made)
  return made
}

export const unwrap = (element) => element.replaceWith(...element.childNodes)
export const all = (root, selector) => [...root.querySelectorAll(selector)]

/** {html, pictures}: clean HTML, and how many pictures stood in it (pictures are added by the library, never by paste). */
export function cleanPastedHTML(html) {
  // Copied in this editor: already ours.
  if (/data-pm-slice/.test(html)) return { html: withoutStyles(html), pictures: 0 }
  const { body } = new DOMParser().parseFromString(withoutStyles(html), "text/html")
  for (const element of all(body, "[data-css*='display:none' i],[data-css*='display: none' i],[data-css*='mso-hide:all' i]"))
    if (!element.querySelector("[data-css*='mso-list']")) element.remove()
  wordLists(body) // needs classes, styles and comments, so before they go
  onlineLists(body)
  withoutComments(body)
  footnotes(body)
  comments(body)
  const pictures = takePictures(body)
  for (const element of all(body, GONE)) element.remove()
  namedByWord(body)
  marksFromStyles(body)
  links(body)
  for (const [from, to] of Object.entries(RENAMED)) for (const element of all(body, from)) replaceTag(element, to)
  tables(body)
  codeBlocks(body)
  mendLists(body)
  paragraphs(body)
  for (const element of all(body, "*"))
    for (const { name } of [...element.attributes]) if (!KEPT_ATTRIBUTES.test(name)) element.removeAttribute(name)
  spaces(body)
  empties(body)
  return { html: body.innerHTML, pictures }
}

/** The page's policy forbids inline styles, in parsed documents too: the browser would complain and read none. They are
    put where it doesn't look; styleOf reads them. */
function withoutStyles(html) {
  const tags = html.replace(/<style\b[\s\S]*?<\/style\s*>/gi, "")
  return tags.replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-css="))
}

function nodes(root, what) {
  const walker = root.ownerDocument.createTreeWalker(root, what)
  const found = []
  while (walker.nextNode()) found.push(walker.currentNode)
  return found
}

function comments(body) {
  for (const comment of nodes(body, NodeFilter.SHOW_COMMENT)) comment.remove()
}

/** Emoji drawn as pictures become characters again; check boxes and spies of one pixel are nothing. */
function takePictures(body) {
  let count = 0
  for (const image of all(body, "img, v\\:imagedata")) {
    const alt = image.getAttribute("alt") || ""
    const tiny = [image.getAttribute("width"), image.getAttribute("height")].some((size) => size === "1" || size === "0")
    if (/^\p{Extended_Pictographic}/u.test(alt) && alt.length < 15) image.replaceWith(alt)
    else {
      if (!tiny && !image.closest("[role=checkbox]")) count += 1
      image.remove()
    }
  }
  return count
}

/** What Word says by a class only. */
function namedByWord(body) {
  for (const paragraph of all(body, "p[class]")) {
    if (/^MsoTitle/.test(paragraph.className)) replaceTag(paragraph, "h2")
    else if (/^MsoSubtitle/.test(paragraph.className)) replaceTag(paragraph, "h3")
    else if (/^Mso(Intense)?Quote|^MsoBlockText/.test(paragraph.className)) {
      const quote = body.ownerDocument.createElement("blockquote")
      paragraph.replaceWith(quote)
      quote.append(paragraph)
    }
  }
  for (const quote of all(body, "blockquote + blockquote")) {
    quote.previousElementSibling.append(...quote.childNodes)
    quote.remove()
  }
}

// Addresses that only lead on to the one that is meant.
const DETOURS = [
  [/^(?:www\.)?google\.[a-z.]+$/, "/url", ["q", "url"]],
  [/^lm?\.facebook\.com$/, "/l.php", ["u"]],
  [/\.safelinks\.protection\.outlook\.com$/, "/", ["url"]],
]

function meant(address) {
  let url
  try {
    url = new URL(address)
  } catch {
    return address
  }
  const detour = DETOURS.find(([host, path]) => host.test(url.hostname) && url.pathname.startsWith(path))
  return (detour && detour[2].map((name) => url.searchParams.get(name)).find(Boolean)) || address
}

function links(body) {
  for (const link of all(body, "a")) {
    const address = meant((link.getAttribute("href") || "").trim())
    if (/^(?:https?:\/\/|mailto:|tel:)/i.test(address) && link.textContent.trim()) link.setAttribute("href", address)
    else unwrap(link) // anchors, file://, and addresses that only meant something where they stood
  }
}

function tables(body) {
  for (const cell of all(body, "thead td")) replaceTag(cell, "th")
  for (const table of all(body, "table")) {
    const caption = [...table.children].filter((child) => child.tagName === "P")
    table.before(...caption)
    const cells = [...table.querySelectorAll("td, th")].filter((cell) => cell.closest("table") === table)
    if (cells.length === 1) table.replaceWith(...cells[0].childNodes) // a frame for layout
  }
}

/** Code of several lines is a block, whatever it was where it came from. */
function codeBlocks(body) {
  for (const code of all(body, "code")) {
    if (code.closest("pre") || !(code.querySelector("br") || code.textContent.trim().includes("\n"))) continue
    for (const end of all(code, "br")) end.replaceWith("\n")
    const block = replaceTag(code, "pre")
    const paragraph = block.closest("p")
    if (paragraph?.textContent === block.textContent) paragraph.replaceWith(block)
  }
  for (const pre of all(body, "pre")) pre.textContent = (all(pre, "br").forEach((end) => end.replaceWith("\n")), pre.textContent)
}

function paragraphs(body) {
  for (const element of all(body, "p")) if (element.querySelector("p,ul,ol,table,h2,h3,blockquote,pre")) unwrap(element)
  for (const element of all(body, "h2 strong, h3 strong")) unwrap(element)
  for (const element of all(body, "p,div,li,td,th,h2,h3,blockquote")) {
    const first = element.firstChild
    if (first?.nodeType === Node.TEXT_NODE && !element.closest("pre")) first.data = first.data.trimStart()
  }
  for (const element of all(body, "div")) if (!element.querySelector(BLOCKS)) replaceTag(element, "p")
  if (all(body, "br + br").some((end) => end.parentElement === body)) wrapLoose(body)
  // Two line ends are how mail and web forms write a new paragraph.
  for (const end of all(body, "p > br")) {
    const next = end.nextElementSibling
    if (end.isConnected && next?.tagName === "BR" && !textBetween(end, next).trim()) splitAt(end.parentElement, end, next)
  }
}

/** Text that stands in no block, in paragraphs. */
function wrapLoose(body) {
  let paragraph = null
  for (const node of [...body.childNodes]) {
    const isBlock = node.nodeType === Node.ELEMENT_NODE && (node.matches(BLOCKS) || node.querySelector(BLOCKS))
    if (isBlock) paragraph = null
    else if (paragraph) paragraph.append(node)
    else if (node.textContent.trim()) {
      paragraph = body.ownerDocument.createElement("p")
      node.replaceWith(paragraph)
      paragraph.append(node)
    }
  }
}

function textBetween(from, to) {
  let text = ""
  for (let node = from.nextSibling; node && node !== to; node = node.nextSibling) text += node.textContent
  return text
}

/** What stands after the two line ends goes on in a paragraph of its own. */
function splitAt(paragraph, end, next) {
  const rest = paragraph.ownerDocument.createElement("p")
  while (next.nextSibling) rest.append(next.nextSibling)
  next.remove()
  end.remove()
  paragraph.after(rest)
}

/** A no-break space stays where a language needs it: in numbers and beside French punctuation. */
function spaces(body) {
  for (const text of nodes(body, NodeFilter.SHOW_TEXT)) {
    if (text.parentElement.closest("pre")) continue
    text.data = text.data.replace(/\u00a0/g, (space, place, whole) => {
      const [before, after] = [whole[place - 1] || "", whole[place + 1] || ""]
      const needed = (/\d/.test(before) && /[\d%€$£]/.test(after)) || /[»:;!?%€]/.test(after) || before === "«"
      return needed ? space : " "
    })
  }
}

function empties(body) {
  const isEmpty = (element) => !element.textContent.replace(/[\s\u00a0\u200b]/g, "") && !element.querySelector("hr,table")
  for (const element of all(body, "p,h2,h3,li,strong,em,s,sub,sup,code,blockquote,a,ul,ol").reverse()) if (isEmpty(element)) element.remove()
  for (const end of all(body, "body > br, br:last-child")) if (!end.nextSibling?.textContent?.trim() && end.parentElement.tagName !== "TD") end.remove()
}
