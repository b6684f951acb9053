// The line under the text: how long it is, and at its right a place for what became of the last save.

import { Extension } from "django-prose-editor/editor"
import { _, debounce, h } from "newsroom-editor/dom"

const WORDS_A_MINUTE = 220

const segmenter = window.Intl?.Segmenter && new Intl.Segmenter(document.documentElement.lang || "en", { granularity: "word" })

export function countWords(text) {
  if (!segmenter) return (text.match(/\S+/g) || []).length
  let words = 0
  for (const { isWordLike } of segmenter.segment(text)) if (isWordLike) words += 1
  return words
}

const number = (value) => value.toLocaleString(document.documentElement.lang || "en")

/** Characters as people see them: an emoji is one. */
const countCharacters = (text) => [...text.replace(/\n/g, "")].length

function textOf(doc, from, to) {
  return doc.textBetween(from, to, "\n", (node) => (node.type.name === "hardBreak" ? "\n" : ""))
}

export const NewsStatus = Extension.create({
  name: "newsStatus",
  addStorage: () => ({ dom: null }),

  onCreate() {
    const { editor } = this
    const told = h("span", { className: "ne-status__words" })
    // Filled by the autosave; its place is kept here, so that nothing jumps when it speaks.
    const saved = h("span", { id: "ne-save-state", className: "ne-save-state", role: "status" })
    this.storage.dom = h("div", { className: "ne-status" }, told, saved)
    editor.view.dom.after(this.storage.dom)
    let whole = ""
    const all = () => {
      const text = textOf(editor.state.doc, 0, editor.state.doc.content.size)
      const words = countWords(text)
      const minutes = Math.max(1, Math.round(words / WORDS_A_MINUTE))
      whole = `${number(words)} ${words === 1 ? _("word") : _("words")} · ${number(countCharacters(text))} ${_("characters")} · ${minutes} ${_("min read")}`
      selected()
    }
    const selected = () => {
      const { empty, from, to } = editor.state.selection
      const words = empty ? 0 : countWords(textOf(editor.state.doc, from, to))
      told.textContent = words ? `${number(words)} ${words === 1 ? _("word") : _("words")} ${_("selected")} · ${whole}` : whole
    }
    all()
    editor.on("update", debounce(all, 250))
    editor.on("selectionUpdate", debounce(selected, 120))
  },

  onDestroy() {
    this.storage.dom?.remove()
  },
})
