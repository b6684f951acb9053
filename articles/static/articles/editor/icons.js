// The toolbar's icons: strokes on a 24 x 24 grid, drawn here, so that no icon font is fetched.

const path = (drawing) =>
  `<svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${drawing}</svg>`
const glyph = (text, attributes = "") =>
  `<svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" focusable="false"><text x="12" y="18" text-anchor="middle" font-size="17" fill="currentColor" font-family="Georgia, serif" ${attributes}>${text}</text></svg>`

export const icons = {
  bold: glyph("B", 'font-weight="700"'),
  italic: glyph("I", 'font-style="italic"'),
  strike: glyph("S", 'text-decoration="line-through"'),
  superscript: glyph("x²", 'font-size="15"'),
  code: path('<path d="m8 7-5 5 5 5M16 7l5 5-5 5"/>'),
  link: path('<path d="M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"/>'),
  unlink: path('<path d="M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6M4 4l16 16"/>'),
  bulletList: path('<path d="M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01"/>'),
  orderedList: path('<path d="M10 6h10M10 12h10M10 18h10M4 4v4M3 14h2l-2 3h2"/>'),
  quote: path('<path d="M4 5v14M9 8h11M9 12h11M9 16h7"/>'),
  pullQuote: path('<path d="M7 7c-2 1-3 3-3 6h4v4H4M17 7c-2 1-3 3-3 6h4v4h-4"/>'),
  picture: path('<rect x="3" y="4" width="18" height="16" rx="2"/><circle cx="9" cy="10" r="1.5"/><path d="m4 18 5-5 4 4 3-3 4 4"/>'),
  gallery: path('<rect x="3" y="3" width="8" height="8"/><rect x="13" y="3" width="8" height="8"/><rect x="3" y="13" width="8" height="8"/><rect x="13" y="13" width="8" height="8"/>'),
  embed: path('<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m10 9 5 3-5 3z"/>'),
  videos: path('<rect x="3" y="4" width="13" height="9" rx="1.5"/><path d="m8 6.5 3.5 2L8 10.5zM3 17h18M3 21h12"/>'),
  table: path('<rect x="3" y="4" width="18" height="16"/><path d="M3 10h18M3 15h18M10 4v16"/>'),
  card: path('<rect x="3" y="6" width="18" height="12" rx="2"/><path d="M7 10h10M7 14h6"/>'),
  disclosure: path('<circle cx="12" cy="12" r="9"/><path d="M12 8h.01M12 11v5"/>'),
  update: path('<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>'),
  footnote: glyph("¹", 'font-size="22"'),
  rule: path('<path d="M3 12h18"/>'),
  undo: path('<path d="M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6"/>'),
  redo: path('<path d="m15 7 5 5-5 5M20 12H10a6 6 0 0 0-6 6"/>'),
  fullscreen: path('<path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5"/>'),
  help: glyph("?", 'font-weight="600"'),
  html: glyph("&lt;/&gt;", 'font-size="11" font-family="monospace"'),
  preformatted: path('<rect x="3" y="4" width="18" height="16" rx="2"/><path d="m7 9 3 3-3 3M12 15h5"/>'),
  addRow: path('<rect x="3" y="4" width="18" height="16"/><path d="M3 12h18M12 14v4M10 16h4"/>'),
  addColumn: path('<rect x="3" y="4" width="18" height="16"/><path d="M12 4v16M16 10v4M14 12h4"/>'),
  deleteRow: path('<rect x="3" y="4" width="18" height="16"/><path d="M3 12h18M10 16h4"/>'),
  deleteColumn: path('<rect x="3" y="4" width="18" height="16"/><path d="M12 4v16M14 12h4"/>'),
  headerRow: path('<rect x="3" y="4" width="18" height="16"/><path d="M3 9h18" stroke-width="4"/>'),
  remove: path('<path d="M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13"/>'),
}
