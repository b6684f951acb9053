// What pasted HTML says by style, as elements: bold, italic, struck through, raised and lowered.

const PLAIN_INLINE = "span, font, u, ins, mark, small, big, abbr, label, time, bdi, bdo, dfn, q, var"

export function marksFromStyles(body) {
  // Google Docs wraps everything in a <b> that is not bold, others reset <b> and <i> by style.
  for (const element of [...body.querySelectorAll("b, strong, em, i")]) {
    const { fontWeight, fontStyle } = element.style
    const plain = /^(?:b|strong)$/i.test(element.tagName) ? /^(?:normal|[1-4]00)$/.test(fontWeight) : fontStyle === "normal"
    if (plain) element.replaceWith(...element.childNodes)
  }
  // Blocks that were only ever laid out in a line.
  for (const element of [...body.querySelectorAll("div[style], p[style]")])
    if (/^inline/.test(element.style.display)) element.replaceWith(...element.childNodes)
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
  const { fontWeight, fontStyle, textDecoration, textDecorationLine, verticalAlign } = element.style
  const marks = []
  if (/^(?:bold|bolder|[6-9]00)$/.test(fontWeight) && !element.closest("strong, b, h1, h2, h3, h4, h5, h6, th")) marks.push("strong")
  if (/^(?:italic|oblique)/.test(fontStyle) && !element.closest("em, i")) marks.push("em")
  if (/line-through/.test(`${textDecoration} ${textDecorationLine}`) && !element.closest("s, del, strike, [role=checkbox]")) marks.push("s")
  if (verticalAlign === "super" && !element.closest("sup")) marks.push("sup")
  if (verticalAlign === "sub" && !element.closest("sub")) marks.push("sub")
  return marks
}
