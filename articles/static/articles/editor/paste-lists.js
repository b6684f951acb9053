// Lists that are none in the HTML (Word's are paragraphs, its web version's are many lists of one), and lists nested
// in the ways that browsers let pass.

const LEVEL = /mso-list:\s*\S+\s+level(\d+)/i
const NUMBERED = /^\(?(?:\d+|[a-z]|[ivxlc]+)[.)]$/i

/** <p style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">·</span>text</p>, one after the other. */
export function wordLists(body) {
  const isItem = (element) => element?.matches("p,h1,h2,h3,h4,h5,h6,div") && LEVEL.test(element.getAttribute("data-css") || "")
  for (const first of [...body.querySelectorAll("[data-css*='mso-list' i]")]) {
    if (!first.isConnected || !isItem(first)) continue
    const run = [first]
    while (isItem(run.at(-1).nextElementSibling)) run.push(run.at(-1).nextElementSibling)
    const items = run.map(readItem)
    first.before(nested(items, body.ownerDocument))
    for (const paragraph of run) paragraph.remove()
  }
}

function readItem(paragraph) {
  const level = Number(LEVEL.exec(paragraph.getAttribute("data-css"))[1])
  const marker = [...paragraph.querySelectorAll("[data-css]")].find((one) => /mso-list:\s*ignore/i.test(one.getAttribute("data-css")))
  const sign = (marker?.textContent || "").replace(/[\s\u00a0]/g, "")
  marker?.remove()
  return { level, ordered: NUMBERED.test(sign), start: Number.parseInt(sign.replace("(", ""), 10) || 1, content: [...paragraph.childNodes] }
}

/** Word for the web: <div class="ListContainerWrapper"><ul><li data-aria-level="2">…, a list for each item. */
export function onlineLists(body) {
  const isWrapper = (element) => element?.matches("div.ListContainerWrapper")
  for (const first of [...body.querySelectorAll("div.ListContainerWrapper")]) {
    if (!first.isConnected) continue
    const run = [first]
    while (isWrapper(run.at(-1).nextElementSibling)) run.push(run.at(-1).nextElementSibling)
    const items = run.flatMap((wrapper) =>
      [...wrapper.querySelectorAll("li")].map((item) => ({
        level: Number(item.getAttribute("data-aria-level") || item.getAttribute("aria-level")) || 1,
        ordered: item.parentElement.tagName === "OL",
        start: Number(item.parentElement.getAttribute("start")) || 1,
        content: [...item.childNodes],
      })),
    )
    first.before(nested(items, body.ownerDocument))
    for (const wrapper of run) wrapper.remove()
  }
}

/** Items with levels, as lists in lists. Levels may begin anywhere and be left out. */
function nested(items, doc) {
  const whole = doc.createDocumentFragment()
  let open = []
  for (const { level, ordered, start, content } of items) {
    while (open.length && open.at(-1).level > level) open.pop()
    let top = open.at(-1)
    if (top?.level === level && top.ordered !== ordered) {
      open.pop()
      top = open.at(-1)
    }
    if (!top || top.level < level) {
      const list = doc.createElement(ordered ? "ol" : "ul")
      if (ordered && start > 1) list.setAttribute("start", start)
      ;(top ? top.list.lastElementChild : whole).append(list)
      top = { level, ordered, list }
      open.push(top)
    }
    const item = doc.createElement("li")
    item.append(...content)
    top.list.append(item)
  }
  return whole
}

/** A list right within a list (Google Docs), or in an item of its own, belongs to the item before. */
export function mendLists(body) {
  for (const list of [...body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")]) {
    const before = list.previousElementSibling
    if (before?.tagName === "LI") before.append(list)
    else {
      const item = body.ownerDocument.createElement("li")
      list.before(item)
      item.append(list)
    }
  }
  for (const item of [...body.querySelectorAll("li")]) {
    const lists = [...item.children].filter((child) => /^[UO]L$/.test(child.tagName))
    const own = [...item.childNodes].some((node) => !lists.includes(node) && node.textContent.trim())
    if (own || !lists.length) continue
    if (item.previousElementSibling) {
      item.previousElementSibling.append(...lists)
      item.remove()
    } else if (lists.length === 1 && item.parentElement.children.length === 1) item.parentElement.replaceWith(lists[0])
  }
  for (const item of [...body.querySelectorAll("li")]) if (!item.closest("ul, ol")) item.replaceWith(...item.childNodes)
}
