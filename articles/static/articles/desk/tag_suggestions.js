// What the text seems to be about, beside the tag field: asked after a pause in typing, never applied by itself.

import { api } from "newsroom-editor/api"
import { whenChanged } from "newsroom-desk/reading_form"
import { _, announce, h } from "newsroom-editor/dom"

const PAUSE = 900
const POSTED = ["headline", "standfirst", "body"]

/** The panel. What was put aside stays away as long as this form is open in this window. */
export function suggestTags(form, chosen, input, { suggest, least, most }) {
  const dismissed = remembered(`newsroom-tags-put-aside:${form.elements.form_name?.value || location.pathname}`)
  const heading = h("h3", { className: "tag-heading", id: "tag-suggestions" }, _("Found in the text"))
  const list = h("ul", { className: "tag-suggestions", role: "list", "aria-labelledby": "tag-suggestions" })
  const warnings = h("p", { className: "tag-warnings", role: "status" })
  const element = h("div", { className: "tag-suggesting" }, warnings, heading, list)
  let asking = null
  let asked = ""

  const look = async () => {
    const body = new FormData()
    for (const name of POSTED) body.append(name, form.elements[name]?.value || "")
    for (const { value } of chosen.all) body.append("tags", value)
    body.append("dismissed", [...dismissed.all].join(","))
    const wanted = JSON.stringify([...body])
    if (wanted === asked) return
    asked = wanted
    asking?.abort()
    asking = new AbortController()
    try {
      paint(await api(suggest, { method: "POST", body, signal: asking.signal }))
    } catch (error) {
      if (error.name === "AbortError") return
      asked = "" // asked again at the next change: nobody needs a message about help that does not come
      paint({})
    }
  }

  const paint = ({ suggestions = [], warnings: said = [] }) => {
    const focused = list.contains(document.activeElement)
    list.replaceChildren(...suggestions.filter((one) => !chosen.has(one)).map(row))
    heading.hidden = list.hidden = !list.children.length
    const words = [...said, wish(chosen.all.length, least, most)].filter(Boolean).join(" ")
    if (warnings.textContent !== words) warnings.textContent = words
    if (focused) (list.querySelector("button") || input).focus()
  }

  const row = (one) => {
    const told = [one.kind, one.why].filter(Boolean).join(" · ")
    const gone = (item) => {
      const next = item.nextElementSibling || item.previousElementSibling
      item.remove()
      heading.hidden = list.hidden = !list.children.length
      ;(next?.querySelector("button") || input).focus()
    }
    const take = () => {
      gone(item)
      chosen.add(one)
      announce(`${one.name} ${_("added")}`)
    }
    const putAside = () => {
      dismissed.add(one.id)
      gone(item)
      announce(`${one.name} ${_("put aside")}`)
    }
    const item = h(
      "li",
      {},
      h("button", { type: "button", className: "tag-take", onclick: take }, h("span", { "aria-hidden": "true" }, "+ "), h("strong", {}, one.name), h("span", { className: "tag-quiet" }, ` ${told}`)),
      h("button", { type: "button", className: "tag-remove", "aria-label": `${_("Not")} ${one.name}`, title: _("Not this one"), onclick: putAside }, "×"),
    )
    return item
  }

  paint({})
  whenChanged(form, look, PAUSE)
  look()
  return element
}

/** How many the house rules want, as long as it is another number. */
function wish(count, least, most) {
  if (count < least) return least === most ? `${_("The house rules want")} ${least}.` : `${_("The house rules want")} ${least} ${_("to")} ${most}; ${_("here are")} ${count}.`
  return count > most ? `${_("The house rules want")} ${most} ${_("at most; here are")} ${count}.` : ""
}

function remembered(key) {
  let all = new Set()
  try {
    all = new Set(JSON.parse(sessionStorage.getItem(key)) || [])
  } catch {
    // A browser that keeps nothing: for this page's life, then.
  }
  return {
    all,
    add(id) {
      all.add(id)
      try {
        sessionStorage.setItem(key, JSON.stringify([...all].slice(-200)))
      } catch {
        // As above.
      }
    },
  }
}
