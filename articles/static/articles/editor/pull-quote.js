// A pull quote: words of the text, set large. Stored as blockquote.pull-quote.

import { Node } from "django-prose-editor/editor"
import { _ } from "newsroom-editor/dom"
import { icons } from "newsroom-editor/icons"

export const PullQuote = Node.create({
  name: "pullQuote",
  group: "block",
  content: "block+",
  defining: true,
  parseHTML: () => [{ tag: "blockquote.pull-quote", priority: 60 }], // before the plain quote's 50
  renderHTML: () => ["blockquote", { class: "pull-quote" }, 0],

  addCommands() {
    return {
      togglePullQuote: () => ({ editor, chain }) => {
        // A quote that stands becomes one: quotes don't stand in quotes.
        if (editor.isActive("blockquote") && !editor.isActive(this.name)) return chain().lift("blockquote").wrapIn(this.name).run()
        return chain().toggleWrap(this.name).run()
      },
    }
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: this.name, groups: "quotes", priority: 90, toggle: true,
      button: buttons.svg(icons.pullQuote, _("Pull quote")),
      command: (editor) => editor.chain().focus().togglePullQuote().run(),
      active: (editor) => editor.isActive(this.name),
    })
  },
})
