// The dialog of a footnote: a small editor for one paragraph with bold, italic and links.

import {
  Bold, Code, Document, Editor, Extension, HardBreak, History, Italic, Paragraph, Strike, Subscript, Superscript, Text,
} from "django-prose-editor/editor"
import { actions, modal } from "newsroom-editor/dialog"
import { _, h, nextId } from "newsroom-editor/dom"
import { icons } from "newsroom-editor/icons"
import { NewsLink } from "newsroom-editor/link"

/** `content` is ProseMirror JSON of inline nodes. Resolves with the same, or with null. */
export function footnoteDialog({ link }, content) {
  let editor = null
  return modal({
    title: _("Footnote"),
    className: "ne-footnote-dialog",
    build: ({ close, dialog }) => {
      const label = h("p", { id: nextId("ne-label"), className: "ne-label" }, _("Text of the note"))
      const place = h("div", { className: "ne-note" })
      const done = () => close(editor.getJSON().content?.[0]?.content || [])
      editor = noteEditor({ place, label, link, content, done, cancel: () => close(null) })
      const form = h(
        "form",
        { className: "ne-form" },
        label,
        noteToolbar(editor),
        place,
        h("p", { className: "ne-help" }, _("Readers find it below the article. Without text the note is removed.")),
        actions(_("Apply"), close),
      )
      form.addEventListener("submit", (event) => {
        event.preventDefault()
        done()
      })
      setTimeout(() => editor.commands.focus("end")) // once the dialog is open
      dialog.addEventListener("close", () => editor.destroy(), { once: true })
      return form
    },
  })
}

function noteEditor({ place, label, link, content, done, cancel }) {
  const acted = (act) => () => {
    act()
    return true
  }
  // An editor keeps Escape to itself otherwise, and the dialog would stay.
  const keys = Extension.create({
    name: "noteKeys",
    priority: 2000,
    addKeyboardShortcuts: () => ({ Enter: acted(done), Escape: acted(cancel) }),
  })
  return new Editor({
    element: place,
    injectCSS: false,
    editorProps: { attributes: { role: "textbox", "aria-multiline": "true", "aria-labelledby": label.id } },
    extensions: [
      Document.extend({ content: "paragraph" }), Paragraph, Text, Bold, Italic, History,
      Code, HardBreak, Strike, Subscript, Superscript, // without buttons: what a note has already must stay
      NewsLink.configure({ ...link, bar: false }), keys,
    ],
    content: { type: "doc", content: [{ type: "paragraph", content }] },
  })
}

function noteToolbar(editor) {
  const button = (name, title, icon, run) => {
    const made = h("button", { type: "button", title, "aria-label": title, "aria-pressed": "false", innerHTML: icon, onclick: run })
    editor.on("transaction", () => made.setAttribute("aria-pressed", String(editor.isActive(name))))
    return made
  }
  return h(
    "div",
    { className: "ne-buttons", role: "group", "aria-label": _("Formatting of the note") },
    button("bold", _("Bold (Ctrl+B)"), icons.bold, () => editor.chain().focus().toggleBold().run()),
    button("italic", _("Italic (Ctrl+I)"), icons.italic, () => editor.chain().focus().toggleItalic().run()),
    button("link", _("Link (Ctrl+K)"), icons.link, () => editor.commands.addLink()),
  )
}
