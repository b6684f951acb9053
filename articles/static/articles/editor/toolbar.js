// The toolbar: the stock menu without its icon font and its mouse-only drop-downs, as an ARIA toolbar.

import { Code as BaseCode, CodeBlock as BaseCodeBlock, Menu as BaseMenu, Table as BaseTable } from "django-prose-editor/editor"
import { _, h } from "newsroom-editor/dom"
import { icons } from "newsroom-editor/icons"

const GROUPS = ["marks", "link", "lists", "quotes", "media", "modules", "table", "utility", "history"]

const BLOCK_TYPES = [
  ["paragraph", _("Paragraph"), (editor) => editor.isActive("paragraph"), (chain) => chain.setParagraph()],
  ["h2", _("Heading"), (editor) => editor.isActive("heading", { level: 2 }), (chain) => chain.setHeading({ level: 2 })],
  ["h3", _("Subheading"), (editor) => editor.isActive("heading", { level: 3 }), (chain) => chain.setHeading({ level: 3 })],
  ["pre", _("Preformatted"), (editor) => editor.isActive("codeBlock"), (chain) => chain.setCodeBlock()],
]

// Their own buttons would bring the icon font.
export const NewsCode = BaseCode.extend({ addMenuItems: () => {} })
export const NewsCodeBlock = BaseCodeBlock.extend({ addMenuItems: () => {} })
export const NewsTable = BaseTable.extend({ addMenuItems: () => {} })

export const NewsMenu = BaseMenu.extend({
  addOptions() {
    return { ...this.parent?.(), defaultItems: false, groups: GROUPS.map((group) => ({ group })) }
  },

  onCreate({ editor }) {
    const { menu, buttons } = this.storage
    for (const { name, group, icon = name, title, run, ...more } of items(editor))
      menu.defineItem({ name, groups: group, button: buttons.svg(icons[icon], title), command: run, ...more })
    this.parent?.({ editor })
    dress(this.storage.dom, editor)
  },

  addKeyboardShortcuts() {
    return {
      "Alt-F10": () => {
        this.storage.dom?.querySelector('[tabindex="0"]')?.focus()
        return true
      },
    }
  },
})

/** The buttons of what needs no dialog; modules with a dialog add theirs by addMenuItems. */
function items(editor) {
  const mark = (name, title, icon = name) => ({
    name, icon, title, group: "marks", toggle: true,
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
  const inTable = (name, title, change) => ({
    name: `table:${name}`, icon: name, title, group: "table",
    run: (editor) => change(editor.chain().focus()).run(),
    hidden: (editor) => !editor.isActive("table"),
  })
  return [
    mark("bold", _("Bold (Ctrl+B)")),
    mark("italic", _("Italic (Ctrl+I)")),
    mark("strike", _("Strikethrough")),
    mark("superscript", _("Superscript")),
    mark("code", _("Code")),
    wrap("bulletList", "lists", _("Bulleted list"), (chain) => chain.toggleBulletList()),
    wrap("orderedList", "lists", _("Numbered list"), (chain) => chain.toggleOrderedList()),
    wrap("blockquote", "quotes", _("Quote"), (chain) => chain.toggleBlockquote(), "quote"),
    {
      name: "horizontalRule", icon: "rule", title: _("Section break"), group: "quotes",
      run: (editor) => editor.chain().focus().setHorizontalRule().run(),
      enabled: (editor) => editor.can().setHorizontalRule(),
    },
    {
      name: "table:insert", icon: "table", title: _("Table"), group: "table",
      run: (editor) => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
      hidden: (editor) => editor.isActive("table"),
      enabled: (editor) => editor.can().insertTable({ rows: 1, cols: 1 }),
    },
    inTable("addRow", _("Add row"), (chain) => chain.addRowAfter()),
    inTable("addColumn", _("Add column"), (chain) => chain.addColumnAfter()),
    inTable("deleteRow", _("Delete row"), (chain) => chain.deleteRow()),
    inTable("deleteColumn", _("Delete column"), (chain) => chain.deleteColumn()),
    inTable("headerRow", _("Header row"), (chain) => chain.toggleHeaderRow()),
    inTable("remove", _("Delete table"), (chain) => chain.deleteTable()),
    { name: "undo", title: _("Undo (Ctrl+Z)"), group: "history", run: (editor) => editor.commands.undo(), enabled: (editor) => editor.can().undo() },
    { name: "redo", title: _("Redo (Ctrl+Shift+Z)"), group: "history", run: (editor) => editor.commands.redo(), enabled: (editor) => editor.can().redo() },
    {
      name: "fullscreen", title: _("Full screen (F11)"), group: "utility", toggle: true,
      run: (editor) => editor.commands.toggleFullscreen(),
      active: (editor) => !!editor.storage.fullscreen?.fullscreen,
    },
  ].filter(({ name }) => !["bold", "italic", "strike", "superscript", "code"].includes(name) || editor.schema.marks[name])
}

/** The stock menu is a row of <button>s; give it names, states and one place in the tab order. */
function dress(toolbar, editor) {
  if (!toolbar) return
  toolbar.setAttribute("role", "toolbar")
  toolbar.setAttribute("aria-label", _("Formatting (Alt+F10)"))
  toolbar.prepend(blockTypes(editor))
  const controls = () => [...toolbar.querySelectorAll("select, button")].filter((one) => !one.closest(".hidden") && one.offsetParent)
  const enter = (control) => {
    for (const one of controls()) one.tabIndex = one === control ? 0 : -1
  }
  toolbar.addEventListener("focusin", (event) => enter(event.target.closest("select, button")))
  toolbar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return editor.commands.focus()
    const all = controls()
    const here = all.indexOf(document.activeElement)
    const there = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1 }[event.key]
    if (there === undefined) return
    event.preventDefault()
    all[(there + all.length) % all.length].focus()
  })
  const sync = () => {
    for (const button of toolbar.querySelectorAll("button")) {
      button.setAttribute("aria-label", button.title || button.textContent)
      button.setAttribute("aria-pressed", String(button.classList.contains("active")))
      button.setAttribute("aria-disabled", String(button.classList.contains("disabled")))
    }
  }
  editor.on("transaction", sync)
  sync()
  enter(controls()[0])
}

function blockTypes(editor) {
  const select = h(
    "select",
    { className: "ne-block-type", "aria-label": _("Kind of block") },
    BLOCK_TYPES.map(([value, label]) => h("option", { value }, label)),
  )
  select.addEventListener("change", () => {
    const [, , , change] = BLOCK_TYPES.find(([value]) => value === select.value)
    change(editor.chain().focus()).run()
  })
  editor.on("transaction", () => {
    select.value = BLOCK_TYPES.find(([, , isActive]) => isActive(editor))?.[0] || "paragraph"
  })
  return select
}
