// How one text uses a picture: its alternative text there, and its size. Three states of the alternative text, as they
// are stored: null (no attribute: the library's is read), words of its own, "" (decorative: nothing is read).

import { actions, field, modal } from "newsroom-editor/dialog"
import { _, h, nextId } from "newsroom-editor/dom"

export const SIZES = [
  ["center", _("In the column")],
  ["wide", _("Wide: broader than the text")],
  ["full", _("Full: from edge to edge")],
  ["left", _("Small, on the left")],
  ["right", _("Small, on the right")],
]

/** Fields for an alternative text, with "Decorative" beside it. `library` is what applies when the field stays empty;
    without one (and not allowed to be left out) it must be filled. Answers {element, value(), check()}. */
export function altFields({ alt = null, library = "", isOptional = Boolean(library), label = _("Alternative text") }) {
  const text = h("textarea", { rows: 2, maxLength: 500, value: alt || "", placeholder: library ? `${_("From the library:")} ${library}` : "" })
  const errorId = nextId("ne-error")
  const error = h("p", { id: errorId, className: "ne-error", hidden: true })
  const decorative = h("input", { type: "checkbox", checked: alt === "", id: nextId("ne-field") })
  const follow = () => {
    text.disabled = decorative.checked
    error.hidden = true
    text.removeAttribute("aria-invalid")
  }
  decorative.addEventListener("change", follow)
  text.addEventListener("input", follow)
  follow()
  const complain = (sentence) => {
    error.textContent = sentence
    error.hidden = false
    text.setAttribute("aria-invalid", "true")
    text.setAttribute("aria-describedby", errorId)
  }
  const value = () => (decorative.checked ? "" : text.value.trim() || null)
  return {
    element: h(
      "div",
      { className: "ne-alt" },
      field(label, text, {
        help: library
          ? _("What it shows, for people who can't see it. Empty: the library's text is used.")
          : _("What it shows, for people who can't see it. One sentence."),
      }),
      error,
      h(
        "div",
        { className: "ne-check" },
        decorative,
        h("label", { htmlFor: decorative.id }, _("Decorative: says nothing that the text doesn't")),
      ),
    ),
    value,
    complain,
    focus: () => text.focus(),
    /** Is it said what the picture shows? Else it is told at the field, and the field has the focus. */
    check() {
      if (value() !== null || isOptional) return true
      complain(_("Say what the picture shows, or tick “Decorative”."))
      text.focus()
      return false
    },
  }
}

/** Alternative text and size of a picture in the text. Resolves with {alt, align}, or null. */
export function editUse({ alt, align }, item, { hasSize = true } = {}) {
  return modal({
    title: _("Alternative text and size"),
    build: ({ close }) => {
      const words = altFields({ alt, library: item?.alt || "", isOptional: !item?.needs_alt })
      const size = h("select", {}, SIZES.map(([value, label]) => h("option", { value, selected: value === (align || "center") }, label)))
      const form = h(
        "form",
        { className: "ne-form" },
        item?.thumb && h("img", { className: "ne-form__picture", src: item.thumb, alt: "" }),
        words.element,
        hasSize && field(_("Size"), size),
        actions(_("Apply"), close),
      )
      form.addEventListener("submit", (event) => {
        event.preventDefault()
        if (words.check()) close({ alt: words.value(), align: size.value === "center" && !align ? null : size.value })
      })
      return form
    },
  })
}
