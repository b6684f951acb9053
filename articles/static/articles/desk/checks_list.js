// The list of checks on the page. It changes only what changed, so that whoever is in it with the keyboard stays there.

import { _, debounce, h, nextId } from "newsroom-editor/dom"
import { goThere } from "newsroom-desk/going_there"

const LEVELS = ["must", "should", "nice"]
const NAMES = { must: _("Must"), should: _("Should"), nice: _("Nice") }

/** show(findings): puts them in order of weight. Says aloud how many there are, when that changed and the writer rests. */
export function checksList(place, form, rules) {
  const list = place.querySelector("[data-checks-list]")
  const say = debounce((sentence) => {
    place.querySelector("[data-checks-said]").textContent = sentence
  }, 3000)
  let shown = null
  let counted = list.children.length
  return (found) => {
    const checks = found.map((one) => ({ ...one, ...rules[one.id], sentence: rules[one.id].text.replace("{words}", one.words || "") }))
    checks.sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))
    const now = JSON.stringify(checks)
    if (now === shown) return
    shown = now
    const old = new Map([...list.children].map((item) => [item.dataset.check, item]))
    list.replaceChildren(...checks.map((check) => keepOrMake(check, old, form)))
    place.querySelector("[data-checks-count]").textContent = checks.length || ""
    place.querySelector("[data-checks-none]").hidden = checks.length > 0
    if (checks.length !== counted) say(checks.length ? `${checks.length} ${_("left before it goes out")}` : _("Nothing is missing any more"))
    counted = checks.length
  }
}

function keepOrMake(check, old, form) {
  const key = JSON.stringify([check.id, check.words, check.block])
  const kept = old.get(key)
  old.delete(key)
  if (kept) return kept
  const id = nextId("check")
  const there = h("a", { href: `#id_${check.field}`, "aria-describedby": id }, _("Take me there"))
  there.addEventListener("click", (event) => {
    event.preventDefault()
    goThere(form, check)
  })
  const level = h("span", { className: "check-level" }, NAMES[check.level])
  const item = h("li", { className: `check check-${check.level}` }, level, " ", h("span", { id }, check.sentence), " ", there)
  item.dataset.check = key
  return item
}
