// Keyboard shortcuts as this machine's keyboard names them, and the list that the help shows.

import { _ } from "newsroom-editor/dom"

export const isMac = /Mac|iP(hone|ad|od)/.test(navigator.platform)

const NAMES = isMac ? { Mod: "⌘", Alt: "⌥", Shift: "⇧", Ctrl: "⌃" } : { Mod: "Ctrl" }

/** "Mod-Alt-I" as it is printed on the keys: Ctrl+Alt+I, or ⌘⌥I. */
export const printed = (keys) => keys.split("-").map((key) => NAMES[key] || key).join(isMac ? "" : "+")

/** "Bold (Ctrl+B)": the name of a button whose act has a shortcut, too. */
export const titled = (title, keys) => `${title} (${printed(keys)})`

const listed = new Map()

/** Put shortcuts into the help: explain(_("Blocks"), ["Mod-K", _("Link")], …). */
export function explain(group, ...shortcuts) {
  listed.set(group, [...(listed.get(group) || []), ...shortcuts])
}

export const explained = () => [...listed]

explain(
  _("Writing"),
  ["Mod-B", _("Bold")],
  ["Mod-I", _("Italic")],
  ["Mod-Shift-S", _("Strikethrough")],
  ["Mod-.", _("Superscript")],
  ["Mod-,", _("Subscript")],
  ["Mod-E", _("Code")],
  ["Shift-Enter", _("New line in the same paragraph")],
  ["Mod-Z", _("Undo")],
  ["Mod-Shift-Z", _("Redo")],
)
explain(
  _("Blocks"),
  ["Mod-Alt-2", _("Heading")],
  ["Mod-Alt-3", _("Subheading")],
  ["Mod-Alt-0", _("Paragraph")],
  ["Mod-Shift-7", _("Numbered list")],
  ["Mod-Shift-8", _("Bulleted list")],
  ["Mod-Shift-B", _("Quote")],
  ["Mod-Alt-C", _("Preformatted text")],
  ["Mod-Alt-I", _("Picture")],
  ["Alt-Shift-↑", _("Move the block up")],
  ["Alt-Shift-↓", _("Move the block down")],
)
explain(_("Tables"), ["Tab", _("Next cell; a new row after the last one")], ["Shift-Tab", _("Previous cell")])
explain(
  _("Getting around"),
  ["Alt-F10", _("To the toolbar; arrows move in it, Escape goes back")],
  ["Enter", _("On a selected picture: its alternative text and size")],
  ["F11", _("Full screen; Escape leaves it")],
  ["Alt-0", _("This list")],
)
