// What pasted HTML says by style, as elements: bold, italic, struck through, raised and lowered.

/** An element's own declarations by name, as paste-clean.js put them aside. */
export function styleOf(element) {
  const pairs = (element.getAttribute("data-css") || "").split(";").map((one) => one.split(":").map((part) => part.trim().toLowerCase()))
  return Object.fromEntries(pairs.filter(([name, value]) => name && value))
}

const PLAIN_INLINE = "span, font, u, ins, mark, small, big, abbr, label, time, bdi, bdo, dfn, q, var"

export function marksFromStyles(body) {
  // Google Docs wraps everything in a <b> that is not bold, others reset <b> and <i> by style.
  for (const element of [...body.querySelectorAll("b, strong, em, i")]) {
    const style = styleOf(element)
    const plain = /^(?:b|strong)$/i.test(element.tagName) ? /^(?:normal|[1-4]00)$/.test(style["font-weight"]) : style["font-style"] === "normal"
    if (plain) element.replaceWith(...element.childNodes)
  }
  // Blocks that were only ever laid out in a line.
  for (const element of [...body.querySelectorAll("div[data-css], p[data-css]")])
    if (/^inline/.test(styleOf(element).display)) element.replaceWith(...element.childNodes)
  for (const element of [...body.querySelectorAll(PLAIN_INLINE)]) {
    if (element.hasAttribute("data-footnote")) continue
    let content = [...element.childNodes]
    for (const tag of marksOf(element)) {
      const mark = body.ownerDocument.createElement(tag)
      mark.append(...content)
      content = [mark]
    }
    element.replaceWith(...content)
  }
}

function marksOf(element) {
  const style = styleOf(element)
  const marks = []
  if (/^(?:bold|bolder|[6-9]00)$/.test(style["font-weight"]) && !element.closest("strong, b, h1, h2, h3, h4, h5, h6, th")) marks.push("strong")
  if (/^(?:italic|oblique)/.test(style["font-style"]) && !element.closest("em, i")) marks.push("em")
  if (/line-through/.test(`${style["text-decoration"]} ${style["text-decoration-line"]}`) && !element.closest("s, del, strike, [role=checkbox]")) marks.push("s")
  if (style["vertical-align"] === "super" && !element.closest("sup")) marks.push("sup")
  if (style["vertical-align"] === "sub" && !element.closest("sub")) marks.push("sub")
  return marks
}
