// The offer on opening a form: restore what was not saved, look at it, or throw it away.

import { _, h } from "newsroom-editor/dom"
import { confirmed, modal } from "newsroom-editor/dialog"

const button = (label, act, className = "") => h("button", { type: "button", className: `ne-chip ${className}`, onclick: act }, label)

/** A bar for one autosave. `restore()` fills the form and answers how to undo that; `discard()` deletes it. */
export function offerOf(offer, { restore, discard }) {
  const bar = h("div", { className: "ne-offer", role: "group", "aria-label": _("Unsaved changes") })
  const newer = offer.newer
    ? ` ${offer.newer.who} ${_("saved a newer version")} (${offer.newer.at}); ${_("what you restore is merged with it when you save.")}`
    : ""
  const what = offer.form.endsWith("-old") ? _("You also have older unsaved changes, from") : _("You have unsaved changes from")
  const words = `${what} ${offer.at} (${offer.ago}).${newer}`

  const ask = () =>
    bar.replaceChildren(
      h("p", {}, words),
      h(
        "div",
        { className: "ne-offer-buttons" },
        button(_("Restore"), restored, "ne-chip-first"),
        button(_("Look at the differences"), () => lookAt(offer)),
        button(_("Discard"), throwAway),
      ),
    )
  const restored = () => {
    const undo = restore()
    const back = button(_("Undo"), () => {
      undo()
      ask()
    })
    bar.replaceChildren(h("p", { role: "status" }, _("Restored. Nothing is saved before you press a button.")), h("div", { className: "ne-offer-buttons" }, back))
    back.focus()
  }
  const throwAway = async () => {
    const text = _("What you typed and did not save is deleted. This can't be undone.")
    if (!(await confirmed({ title: _("Discard the unsaved changes?"), text, action: _("Discard") }))) return
    const problem = await discard()
    if (problem) bar.append(h("p", { role: "alert" }, problem))
    else bar.remove()
  }
  ask()
  return bar
}

function lookAt(offer) {
  return modal({
    title: _("What restoring would change"),
    className: "ne-differences",
    build: ({ close }) =>
      h(
        "div",
        {},
        ...offer.differences.map((one) =>
          h(
            "section",
            { className: "ne-clash" },
            h("h3", {}, one.label),
            h("div", { className: "ne-sides" }, sideOf(_("Saved"), one.saved), sideOf(_("Yours, not saved"), one.unsaved)),
          ),
        ),
        h("div", { className: "ne-actions" }, h("button", { type: "button", onclick: () => close() }, _("Close"))),
      ),
  })
}

const sideOf = (title, text) =>
  h("div", { className: "ne-side" }, h("p", { className: "ne-whose" }, title), h("div", { className: "ne-text ne-plain", tabIndex: 0, role: "group", "aria-label": title }, text || _("(empty)")))

/** The person's new articles that were never saved. */
export function unfinished(drafts, open) {
  const items = drafts.map((one) =>
    h("li", {}, button(one.headline || _("(no headline yet)"), () => open(one)), ` ${one.at} (${one.ago})`),
  )
  return h("section", { className: "ne-offer", "aria-label": _("Unfinished") }, h("p", {}, _("Begun and never saved: go on with one of these, or write a new one below.")), h("ul", {}, ...items))
}
