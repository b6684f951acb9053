// Who else has this article's form open, and whether it was saved meanwhile.

import { ask } from "newsroom-desk/asking"
import { _, h } from "newsroom-editor/dom"

const EVERY = 8000
const EVERY_IF_HIDDEN = 30_000 // browsers let a hidden page act once a minute at last; the server is told and waits

const place = document.getElementById("desk-presence")

const reports = "reports" in place.dataset
const opened = () => Number(document.querySelector("[name=opened_version]")?.value || place.dataset.version)
let timer
let hasLeft = false

async function beat(isLeaving = false) {
  clearTimeout(timer)
  if (hasLeft) return
  hasLeft = isLeaving
  const is_writing = Boolean(window.newsroomAutosave?.isDirty())
  try {
    const answer = reports
      ? await ask(place.dataset.url, { method: "POST", keepalive: isLeaving, data: { is_writing, is_leaving: isLeaving, is_hidden: document.hidden, version: opened() } })
      : await ask(`${place.dataset.url}?version=${opened()}`)
    show(answer)
  } catch {
    // Not worth a word: the line on saving says when the server can't be reached.
  }
  if (!isLeaving) timer = setTimeout(beat, document.hidden ? EVERY_IF_HIDDEN : EVERY)
}

let last = ""

function show(answer) {
  const now = JSON.stringify(answer)
  if (now === last) return // said already: a live region would read it again
  last = now
  const parts = answer.others.map((one) =>
    h("span", { className: "ne-person" }, h("span", { className: "here-dot", "aria-hidden": "true" }), `${one.name} ${_("is editing this too")} (${_("since")} ${one.since}${one.is_writing ? `, ${_("writing")}` : ""}).`),
  )
  if (answer.newer)
    parts.push(
      h(
        "span",
        { className: "ne-newer" },
        `${answer.newer.who} ${_("saved a newer version at")} ${answer.newer.at}: `,
        h("a", { href: place.dataset.look, target: "_blank", rel: "noopener" }, _("look at it")),
        reports ? `. ${_("It will be merged when you save.")}` : ".",
      ),
    )
  place.replaceChildren(...parts.flatMap((part) => [part, " "]))
  place.hidden = !parts.length
}

window.addEventListener("pagehide", () => reports && beat(true))
window.addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return
  hasLeft = false
  beat()
})
document.addEventListener("visibilitychange", () => beat())
beat()
