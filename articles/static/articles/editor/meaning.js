// What a body says, whatever way its HTML is written: to tell whether the editor would lose something of it.

const BLOCKS = new Set(
  "p h2 h3 ul ol li blockquote pre hr figure figcaption section aside table thead tbody tr th td details summary div dl dt dd".split(" "),
)
const TRANSPARENT = new Set(["thead", "tbody"])
const TEXT_BLOCKS = new Set(["p", "h2", "h3", "pre", "figcaption"])
// What the editor writes out and the vocabulary takes for granted.
const GRANTED = { colspan: "1", rowspan: "1", start: "1" }

/** One line for each block: its path, its attributes, its words with their marks. Equal lines say the same. */
export function meaning(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html")
  const lines = []
  describe(body, "", lines)
  return lines
}

/** The first thing of `stored` that `kept` doesn't say, as its words (or its tag); null when nothing is lost. */
export function firstLoss(stored, kept) {
  const before = meaning(stored)
  const after = meaning(kept)
  const at = before.findIndex((line, place) => line !== after[place])
  if (at < 0) return before.length === after.length ? null : { words: "" }
  return { words: before[at].slice(before[at].indexOf("|") + 1).replace(/\u0001[^\u0002]*\u0002/g, "").trim() }
}

function describe(element, path, lines) {
  let runs = []
  const close = () => {
    const text = written(runs, path.endsWith("/pre"))
    if (text) lines.push(`${TEXT_BLOCKS.has(element.localName) ? path : `${path}/p`}|${text}`)
    runs = []
  }
  for (const child of element.childNodes) {
    if (child.nodeType === Node.ELEMENT_NODE && BLOCKS.has(child.localName)) {
      close()
      const deeper = TRANSPARENT.has(child.localName) ? path : `${path}/${child.localName}${attributes(child)}`
      if (!TRANSPARENT.has(child.localName) && !TEXT_BLOCKS.has(child.localName)) lines.push(`${deeper}|`)
      describe(child, deeper, lines)
    } else collect(child, path.endsWith("/pre") ? ["pre"] : [], runs)
  }
  close()
}

/** The words below an inline node, each with the marks that it stands in, in whatever order they are nested. */
function collect(node, marks, runs) {
  if (node.nodeType === Node.TEXT_NODE) runs.push({ text: node.data, marks: marks.filter((one) => one !== "pre") })
  if (node.nodeType !== Node.ELEMENT_NODE) return
  if (node.localName === "br") runs.push({ text: "\n", marks: [], isBreak: true })
  else if (node.localName === "code" && marks.includes("pre")) for (const child of node.childNodes) collect(child, marks, runs)
  else {
    const mark = node.localName + attributes(node)
    if (!node.hasChildNodes()) runs.push({ text: "\u2060", marks: [...marks, mark] })
    for (const child of node.childNodes) collect(child, [...marks, mark], runs)
  }
}

function written(runs, isPreformatted) {
  let text = ""
  let last = null
  for (const run of runs) {
    const marks = [...new Set(run.marks)].sort().join(" ")
    if (marks !== last && !run.isBreak) text += `\u0001${marks}\u0002`
    if (!run.isBreak) last = marks
    text += run.isBreak && !isPreformatted ? "\u0003" : run.text
  }
  if (isPreformatted) return text
  text = text.replace(/[ \t\n\r\f]+/g, " ").replace(/ ?\u0003 ?/g, "\u0003")
  // Blanks at the ends, inside the marks or not, are not shown.
  text = text.replace(/^((?:\u0001[^\u0002]*\u0002)*) +/, "$1").replace(/[ \u0003]+$/, "")
  return text.replace(/\u0001[^\u0002]*\u0002/g, "").trim() ? text : ""
}

const attributes = (element) =>
  [...element.attributes]
    .filter(({ name, value }) => GRANTED[name] !== value && name !== "scope")
    .map(({ name, value }) => `[${name}=${value}]`)
    .sort()
    .join("")
