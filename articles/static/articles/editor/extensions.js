// The one module that the widget names. What it exports is what the editor can do: names are those in
// articles/desk/editor.py and articles/desk/block_options.py.
export { EditorChrome } from "newsroom-editor/chrome"
export { NewsCode, NewsCodeBlock, NewsMenu, NewsTable } from "newsroom-editor/toolbar"
export { AffiliateNotice } from "newsroom-editor/affiliate"
export { ArticleCard } from "newsroom-editor/card"
export { NewsEmbed } from "newsroom-editor/embed"
export { Footnote } from "newsroom-editor/footnote"
export { NewsLink } from "newsroom-editor/link"
export { ModuleBlock } from "newsroom-editor/modules"
export { PasteCleaner } from "newsroom-editor/paste"
export { PullQuote } from "newsroom-editor/pull-quote"
export { NewsStatus } from "newsroom-editor/status"
export { UpdateBlock } from "newsroom-editor/update"
