// Tables: header cells that keep their scope, and the toolbar's buttons for what a cell stands in.

import { Table as BaseTable, TableHeader as BaseTableHeader, findParentNode } from "django-prose-editor/editor"
import { _ } from "newsroom-editor/dom"
import { icons } from "newsroom-editor/icons"

export const NewsTableHeader = BaseTableHeader.extend({
  addAttributes() {
    return { ...this.parent?.(), scope: { default: null } }
  },
})

export const NewsTable = BaseTable.extend({
  addMenuItems({ menu, buttons }) {
    const inTable = (name, title, change, more = {}) =>
      menu.defineItem({
        name: `table:${name}`, groups: "table", button: buttons.svg(icons[name], title),
        command: (editor) => change(editor.chain().focus()).run(),
        hidden: (editor) => !editor.isActive("table"),
        ...more,
      })
    menu.defineItem({
      name: "table:insert", groups: "table", button: buttons.svg(icons.table, _("Table")),
      command: (editor) => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
      hidden: (editor) => editor.isActive("table"),
      enabled: (editor) => editor.can().insertTable({ rows: 1, cols: 1 }),
    })
    inTable("headerRow", _("Header row"), (chain) => chain.toggleHeaderRow(), { toggle: true, active: (editor) => headed(editor, "row") })
    inTable("headerColumn", _("Header column"), (chain) => chain.toggleHeaderColumn(), { toggle: true, active: (editor) => headed(editor, "column") })
    inTable("addRow", _("Add row"), (chain) => chain.addRowAfter())
    inTable("addColumn", _("Add column"), (chain) => chain.addColumnAfter())
    inTable("deleteRow", _("Delete row"), (chain) => chain.deleteRow())
    inTable("deleteColumn", _("Delete column"), (chain) => chain.deleteColumn())
    const merging = (name, title, verb) =>
      inTable(name, title, (chain) => chain[verb](), {
        enabled: (editor) => editor.isActive("table") && editor.can()[verb](),
        hidden: (editor) => !editor.isActive("table") || !editor.can()[verb](),
      })
    merging("mergeCells", _("Merge the selected cells"), "mergeCells")
    merging("splitCell", _("Split the cell"), "splitCell")
    inTable("remove", _("Delete table"), (chain) => chain.deleteTable())
  },
})

/** Is the first row, or the first column, of the table around the cursor made of header cells? */
function headed(editor, which) {
  const table = findParentNode((node) => node.type.name === "table")(editor.state.selection)?.node
  if (!table) return false
  const cells = which === "row" ? table.firstChild.children : table.children.map((row) => row.firstChild)
  // The corner belongs to both: what stands beside it decides.
  return cells.slice(cells.length > 1 ? 1 : 0).every((cell) => cell.type.name === "tableHeader")
}
