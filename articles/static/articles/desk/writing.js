// What helps at the article's form beside the body's editor. Each part looks for its own place and does nothing without.

import { keepBylinesInOrder } from "newsroom-desk/bylines"
import { showAppearance } from "newsroom-desk/appearance"
import { showChecks } from "newsroom-desk/checks"
import { followLinks } from "newsroom-desk/going_there"
import { rememberPanels } from "newsroom-desk/panels"

const form = document.getElementById("article_form")
const textarea = form?.elements.body

if (form && textarea) {
  rememberPanels()
  keepBylinesInOrder(form)
  showChecks(form)
  followLinks(form)
  showAppearance(form)
  growWithTheWords(form)
  textarea.addEventListener("prose-editor:ready", ({ detail }) => keepCaretInSight(detail.editor))
}

/** A headline is as high as its words, also where CSS can't say so (field-sizing). */
function growWithTheWords(form) {
  if (CSS.supports("field-sizing", "content")) return
  for (const field of [form.elements.headline, form.elements.standfirst]) {
    const grow = () => {
      field.rows = 1
      field.rows = Math.max(1, Math.floor(field.scrollHeight / parseFloat(getComputedStyle(field).lineHeight)))
    }
    field.addEventListener("input", grow)
    grow()
  }
}

/** The actions stick to the lower edge, and the editor scrolls by itself: it must know where they begin. */
function keepCaretInSight(editor) {
  const bar = document.querySelector(".article-buttons")
  const room = () => ({ top: 80, right: 0, left: 0, bottom: (bar?.offsetHeight || 0) + 40 })
  editor.setOptions({ editorProps: { ...editor.options.editorProps, scrollMargin: room(), scrollThreshold: room() } })
}
