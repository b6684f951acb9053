// The one module that the widget names. What it exports is what the editor can do: names are those in
// articles/desk/editor.py.
export { EditorChrome } from "newsroom-editor/chrome"
export { NewsCode, NewsCodeBlock, NewsMenu, NewsTable } from "newsroom-editor/toolbar"
