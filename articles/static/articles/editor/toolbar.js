// The toolbar: the stock menu without its icon font and its mouse-only drop-downs, as an ARIA toolbar.

import { Code as BaseCode, CodeBlock as BaseCodeBlock, Menu as BaseMenu } from "django-prose-editor/editor"
import { moveBlock } from "newsroom-editor/blocks"
import { _, h, roving } from "newsroom-editor/dom"
import { icons } from "newsroom-editor/icons"
import { titled } from "newsroom-editor/keys"

const GROUPS = ["marks", "link", "lists", "quotes", "media", "modules", "table", "history", "utility"]

const showHelp = async () => (await import("newsroom-editor/help")).showHelp()

// What the cursor stands in: value, label, is it?, make it so.
const BLOCK_TYPES = [
  ["p", _("Paragraph"), (editor) => editor.isActive("paragraph"), (chain) => chain.setParagraph()],
  ["h2", _("Heading"), (editor) => editor.isActive("heading", { level: 2 }), (chain) => chain.setHeading({ level: 2 })],
  ["h3", _("Subheading"), (editor) => editor.isActive("heading", { level: 3 }), (chain) => chain.setHeading({ level: 3 })],
  ["pre", _("Preformatted"), (editor) => editor.isActive("codeBlock"), (chain) => chain.setCodeBlock()],
]

// Their own buttons would bring the icon font. Code may be linked and set bold: only so is no stored text lost.
export const NewsCode = BaseCode.extend({ excludes: "", addMenuItems: () => {} })
export const NewsCodeBlock = BaseCodeBlock.extend({ addMenuItems: () => {} })

export const NewsMenu = BaseMenu.extend({
  addOptions() {
    return { ...this.parent?.(), defaultItems: false, groups: GROUPS.map((group) => ({ group })) }
  },

  onCreate({ editor }) {
    const { menu, buttons } = this.storage
    for (const { name, group, icon = name, title, run, ...more } of items())
      menu.defineItem({ name, groups: group, button: buttons.svg(icons[icon], title), command: run, ...more })
    this.parent?.({ editor })
    dress(this.storage.dom, editor, this.storage._definedItems)
  },

  addKeyboardShortcuts() {
    const help = () => {
      showHelp()
      return true
    }
    return {
      "Alt-F10": () => {
        this.storage.dom?.querySelector('[tabindex="0"]')?.focus()
        return true
      },
      "Alt-0": help,
      "Mod-/": help,
      "Alt-Shift-ArrowUp": moveBlock(-1),
      "Alt-Shift-ArrowDown": moveBlock(1),
    }
  },
})

/** The buttons of what needs no dialog; modules with a dialog add theirs by addMenuItems. */
function items() {
  const mark = (name, title) => ({
    name, title, group: "marks", toggle: true,
    run: (editor) => editor.chain().focus().toggleMark(name).run(),
    active: (editor) => editor.isActive(name),
    enabled: (editor) => editor.can().toggleMark(name),
  })
  const wrap = (name, group, title, toggle, icon = name) => ({
    name, icon, title, group, toggle: true,
    run: (editor) => toggle(editor.chain().focus()).run(),
    active: (editor) => editor.isActive(name),
    enabled: (editor) => toggle(editor.can()),
  })
  return [
    mark("bold", titled(_("Bold"), "Mod-B")),
    mark("italic", titled(_("Italic"), "Mod-I")),
    mark("strike", titled(_("Strikethrough"), "Mod-Shift-S")),
    mark("superscript", titled(_("Superscript"), "Mod-.")),
    mark("subscript", titled(_("Subscript"), "Mod-,")),
    mark("code", titled(_("Code"), "Mod-E")),
    wrap("bulletList", "lists", titled(_("Bulleted list"), "Mod-Shift-8"), (chain) => chain.toggleBulletList()),
    wrap("orderedList", "lists", titled(_("Numbered list"), "Mod-Shift-7"), (chain) => chain.toggleOrderedList()),
    wrap("blockquote", "quotes", titled(_("Quote"), "Mod-Shift-B"), (chain) => chain.toggleBlockquote(), "quote"),
    {
      name: "horizontalRule", icon: "rule", title: _("Section break"), group: "quotes",
      run: (editor) => editor.chain().focus().setHorizontalRule().run(),
      enabled: (editor) => editor.can().setHorizontalRule(),
    },
    {
      name: "undo", title: titled(_("Undo"), "Mod-Z"), group: "history",
      run: (editor) => editor.commands.undo(),
      enabled: (editor) => editor.can().undo(),
    },
    {
      name: "redo", title: titled(_("Redo"), "Mod-Shift-Z"), group: "history",
      run: (editor) => editor.commands.redo(),
      enabled: (editor) => editor.can().redo(),
    },
    {
      name: "fullscreen", title: titled(_("Full screen"), "F11"), group: "utility", toggle: true,
      run: (editor) => editor.commands.toggleFullscreen(),
      active: (editor) => !!editor.storage.fullscreen?.fullscreen,
    },
    { name: "help", title: titled(_("Keyboard shortcuts"), "Alt-0"), group: "utility", run: showHelp },
  ]
}

/** The stock menu is a row of <button>s; give it names, states and one place in the tab order. */
function dress(toolbar, editor, definitions) {
  toolbar.setAttribute("role", "toolbar")
  toolbar.setAttribute("aria-label", titled(_("Formatting"), "Alt-F10"))
  toolbar.prepend(blockTypes(editor))
  const settle = roving(toolbar, { leave: () => editor.commands.focus() })
  const buttons = [...toolbar.querySelectorAll("button")]
  for (const button of buttons) button.setAttribute("aria-label", button.title)
  const sync = () => {
    let isMoved = false
    for (const button of buttons) {
      const is = (state) => button.classList.contains(state)
      if (definitions[button.dataset.name].toggle) setState(button, "aria-pressed", is("active"))
      setState(button, "aria-disabled", is("disabled"))
      isMoved ||= is("hidden") && button.tabIndex === 0
    }
    // The button that Tab would come to is hidden now.
    if (isMoved) settle()
  }
  editor.on("transaction", sync)
  sync()
}

/** Only what changed: this runs at each keystroke. */
function setState(element, name, value) {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value)
}

function blockTypes(editor) {
  const select = h(
    "select",
    { className: "ne-block-type", "aria-label": _("Kind of block") },
    BLOCK_TYPES.map(([value, label]) => h("option", { value }, label)),
    h("option", { value: "", hidden: true }, "–"),
  )
  // By mouse one goes on writing at once; by keyboard one may step on to the next kind, and Enter or Escape goes back.
  let isPointed = false
  select.addEventListener("pointerdown", () => (isPointed = true))
  select.addEventListener("keydown", (event) => {
    isPointed = false
    if (event.key !== "Enter") return
    event.preventDefault()
    editor.commands.focus()
  })
  select.addEventListener("change", () => {
    const [, , , change] = BLOCK_TYPES.find(([value]) => value === select.value)
    change(isPointed ? editor.chain().focus() : editor.chain()).run()
  })
  const sync = () => {
    const value = BLOCK_TYPES.find(([, , isActive]) => isActive(editor))?.[0] || ""
    if (select.value !== value) select.value = value
  }
  editor.on("transaction", sync)
  sync()
  return select
}
