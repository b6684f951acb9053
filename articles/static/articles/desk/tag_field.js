// The tag field: chips over the plain list of what is chosen, a line that finds tags, and what the text suggests. Without
// this module the list and the line work by themselves, and the server does the finding.

import { Chips } from "newsroom-desk/tag_chips"
import { Chosen } from "newsroom-desk/tag_chosen"
import { Finder } from "newsroom-desk/tag_finder"
import { suggestTags } from "newsroom-desk/tag_suggestions"

function enhance(place) {
  const config = JSON.parse(place.dataset.tagField)
  const select = place.querySelector("select")
  const input = place.querySelector("input")
  const chosen = new Chosen(select)
  takeOver(place, select, input)
  const finder = new Finder(chosen, input, config)
  const chips = new Chips(chosen, input)
  place.append(chips.element, finder.list, finder.said)
  chips.element.append(input)
  if (config.suggest) place.append(suggestTags(select.form, chosen, input, config))
  place.classList.add("is-chips")
}

/** The line becomes the field that label, errors and help speak of; it is no value of its own any more. */
function takeOver(place, select, input) {
  place.querySelector(".tag-typed-label")?.remove()
  input.removeAttribute("name")
  for (const label of [...select.labels]) label.htmlFor = input.id
  for (const name of ["aria-describedby", "aria-invalid"])
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name))
  select.hidden = true
}

for (const place of document.querySelectorAll(".tag-field")) enhance(place)
