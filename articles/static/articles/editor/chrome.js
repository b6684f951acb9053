// What must happen around the text: an accessible name, no injected <style>, and no silent loss.

import { Extension } from "django-prose-editor/editor"
import { _, h } from "newsroom-editor/dom"

// What the guard counts. Everything that the vocabulary knows and the editor might drop stands in this list.
const COUNTED = ["figure", "figcaption", "aside", "section", "table", "tr", "img", "a[href]", "[data-footnote]", "blockquote", "li", "pre"]

export const EditorChrome = Extension.create({
  name: "editorChrome",
  addOptions: () => ({ label: "" }),

  onBeforeCreate() {
    const { options } = this.editor
    options.injectCSS = false // the strict policy forbids it; editor.css has these few rules
    const attributes = { ...options.editorProps?.attributes, "aria-label": this.options.label, "aria-multiline": "true" }
    options.editorProps = { ...options.editorProps, attributes }
  },

  onCreate() {
    const { editor } = this
    const textarea = editor.options.element.querySelector("textarea")
    if (!textarea) return
    // The textarea is hidden; its label, its help and its error belong to the text.
    document.querySelector(`label[for="${textarea.id}"]`)?.addEventListener("click", (event) => {
      event.preventDefault()
      editor.commands.focus()
    })
    for (const name of ["aria-describedby", "aria-invalid"])
      if (textarea.hasAttribute(name)) editor.view.dom.setAttribute(name, textarea.getAttribute(name))
    if (losesSomething(textarea.defaultValue, editor.getHTML())) guard(editor)
  },
})

function losesSomething(stored, kept) {
  return Boolean(stored) && facts(stored) !== facts(kept)
}

function facts(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html")
  return JSON.stringify([body.textContent.replace(/\s+/g, ""), ...COUNTED.map((one) => body.querySelectorAll(one).length)])
}

/** Would opening and saving lose something that the editor doesn't know? Then it is shown, not edited, until asked. */
function guard(editor) {
  editor.setEditable(false)
  const edit = h("button", { type: "button", className: "ne-chip" }, _("Edit anyway"))
  const note = h(
    "p",
    { role: "alert", className: "ne-guard" },
    _("This text holds something that the editor doesn't know. Editing it here would remove that."),
    " ",
    edit,
  )
  edit.addEventListener("click", () => {
    editor.setEditable(true)
    note.remove()
    editor.commands.focus()
  })
  editor.view.dom.before(note)
}
