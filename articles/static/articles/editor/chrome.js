// What must happen around the text: an accessible name, no injected <style>, no silent loss, and a stored text that
// stays as it is to the letter until somebody changes it.

import { Extension, Plugin, pm } from "django-prose-editor/editor"
import { _, h } from "newsroom-editor/dom"
import { firstLoss } from "newsroom-editor/meaning"
import { serialise } from "newsroom-editor/serialise"

const openedKey = new pm.state.PluginKey("opened")

export const EditorChrome = Extension.create({
  name: "editorChrome",
  addOptions: () => ({ label: "" }),

  onBeforeCreate() {
    const { editor } = this
    const { options } = editor
    const textarea = options.element.querySelector("textarea")
    options.injectCSS = false // the strict policy forbids it; editor.css has these few rules
    const attributes = { ...options.editorProps?.attributes, ...named(textarea, this.options.label), "aria-multiline": "true" }
    options.editorProps = { ...options.editorProps, attributes }
    const stored = textarea?.value
    // The textarea, the autosave, everybody asks here. While the document is what was opened, so is the answer.
    editor.getHTML = () => {
      const { state, schema } = editor
      const isUntouched = stored !== undefined && sameText(openedKey.getState(state), state.doc)
      return notEmpty(isUntouched ? stored : serialise(state.doc, schema))
    }
  },

  addProseMirrorPlugins: () => [
    new Plugin({ key: openedKey, state: { init: (_config, state) => state.doc, apply: (_transaction, opened) => opened } }),
  ],

  onCreate() {
    const { editor } = this
    const textarea = editor.options.element.querySelector("textarea")
    if (!textarea) return
    document.getElementById(editor.view.dom.getAttribute("aria-labelledby"))?.addEventListener("click", (event) => {
      event.preventDefault()
      editor.commands.focus()
    })
    const loss = textarea.defaultValue && firstLoss(textarea.defaultValue, serialise(openedKey.getState(editor.state), editor.schema))
    if (loss) guard(editor, loss)
  },
})

/** The package takes a text that is one element without content for an empty one, and would write nothing into the form:
    right for a paragraph, the loss of a picture or a card that stands alone. A line's end, which is not stored, saves it. */
const notEmpty = (html) => (/^<(?!p[\s>])(\w+)[^>]*><\/\1>$/.test(html) ? `${html}\n` : html)

/** The textarea is hidden; its label, its help and its error belong to the text. */
function named(textarea, name) {
  const label = textarea?.id && document.querySelector(`label[for="${textarea.id}"]`)
  if (!label) return { "aria-label": name }
  label.id ||= `${textarea.id}-label`
  label.removeAttribute("for")
  const attributes = { "aria-labelledby": label.id }
  for (const one of ["aria-describedby", "aria-invalid"]) if (textarea.hasAttribute(one)) attributes[one] = textarea.getAttribute(one)
  return attributes
}

/** Is it the same but for empty paragraphs at the end, which the editor keeps to give the cursor a place? */
function sameText(opened, doc) {
  if (!opened) return false
  if (opened.eq(doc)) return true
  const isEmpty = (node) => node.type.name === "paragraph" && node.content.size === 0
  const longer = opened.childCount > doc.childCount ? opened : doc
  const shorter = longer === doc ? opened : doc
  for (let place = 0; place < longer.childCount; place++) {
    const one = longer.child(place)
    const other = shorter.maybeChild(place)
    if (other ? !one.eq(other) : !isEmpty(one)) return false
  }
  return true
}

/** Would changing the text lose something that the editor doesn't know? Then it is shown, not edited, until asked. */
function guard(editor, { words }) {
  // Without the event of a change: that would write the poorer text into the form.
  editor.setEditable(false, false)
  const edit = h("button", { type: "button", className: "ne-chip" }, _("Edit anyway"))
  const note = h(
    "div",
    { role: "alert", className: "ne-guard" },
    h("p", {}, _("This text holds something that the editor doesn't know. Changing the text here would remove that; saving it unchanged keeps it.")),
    words && h("p", {}, `${_("It begins at")} “${words.length > 90 ? `${words.slice(0, 90)}…` : words}”.`),
    edit,
  )
  edit.addEventListener("click", () => {
    editor.setEditable(true, false)
    note.remove()
    editor.commands.focus()
  })
  editor.view.dom.before(note)
}
