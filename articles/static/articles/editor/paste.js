// Pasting: what comes from elsewhere is cleaned, what was copied here stays as it is, plain text becomes paragraphs.

import { Extension, Plugin, pm } from "django-prose-editor/editor"
import { _ } from "newsroom-editor/dom"
import { tell } from "newsroom-editor/notice"
import { cleanPastedHTML } from "newsroom-editor/paste-clean"

const { Fragment, Slice } = pm.model

export const PasteCleaner = Extension.create({
  name: "pasteCleaner",
  priority: 50,
  addStorage: () => ({ hasFiles: false }),

  transformPastedHTML(html) {
    const { html: clean, pictures } = cleanPastedHTML(html)
    // A picture copied alone comes as a file too; whoever takes files has it.
    const taken = this.storage.hasFiles && !clean.replace(/<[^>]*>/g, "").trim()
    if (pictures && !taken)
      tell(
        this.editor,
        pictures === 1
          ? _("One picture was not pasted. Add it to the library with the picture button.")
          : `${pictures} ${_("pictures were not pasted. Add them to the library with the picture button.")}`,
      )
    return clean
  },

  addProseMirrorPlugins() {
    const note = (data) => {
      this.storage.hasFiles = [...(data?.files || [])].some((file) => file.type.startsWith("image/"))
      return false
    }
    const handleDOMEvents = { paste: (_view, event) => note(event.clipboardData), drop: (_view, event) => note(event.dataTransfer) }
    return [new Plugin({ props: { clipboardTextParser: paragraphs, handleDOMEvents } })]
  },
})

/** Blank lines part paragraphs; single line ends within them stay. A text without a blank line has a paragraph a line,
    which is what the editor does by itself. */
function paragraphs(text, $context, _plain, view) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/^\n+|\s+$/g, "")
  if (!/\n[ \t]*\n/.test(lines)) return null
  const { schema } = view.state
  const marks = $context.marks()
  const blocks = lines.split(/\n(?:[ \t]*\n)+/).map((part) => {
    const pieces = part.split("\n").map((line) => line.trimEnd())
    const inline = pieces.flatMap((line, place) => [
      ...(place ? [schema.nodes.hardBreak.create()] : []),
      ...(line ? [schema.text(line, marks)] : []),
    ])
    return schema.nodes.paragraph.create(null, inline)
  })
  return new Slice(Fragment.from(blocks), 1, 1)
}
