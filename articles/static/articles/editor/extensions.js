// The one module that the widget names. What it exports is what the editor can do: names are those in
// articles/desk/editor.py.
export { EditorChrome } from "newsroom-editor/chrome"
export { NewsFullscreen } from "newsroom-editor/fullscreen"
export { NewsGallery } from "newsroom-editor/gallery"
export { NewsPicture } from "newsroom-editor/picture"
export { NewsTable, NewsTableHeader } from "newsroom-editor/tables"
export { NewsCode, NewsCodeBlock, NewsMenu } from "newsroom-editor/toolbar"
