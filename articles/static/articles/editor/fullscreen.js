// The text alone on the screen. What lies behind it is out of reach of keyboard and screen reader meanwhile.

import { Extension } from "django-prose-editor/editor"
import { _, announce } from "newsroom-editor/dom"

export const NewsFullscreen = Extension.create({
  name: "fullscreen",
  addStorage: () => ({ fullscreen: false, behind: [], scrolled: 0 }),

  addCommands() {
    return {
      toggleFullscreen: () => ({ editor, dispatch }) => {
        if (dispatch) toggle(editor, this.storage)
        return true
      },
    }
  },

  addKeyboardShortcuts() {
    const { editor, storage } = this
    const turn = (isWanted) => {
      if (isWanted) toggle(editor, storage)
      return isWanted
    }
    return { F11: () => turn(true), Escape: () => turn(storage.fullscreen) }
  },

  onCreate() {
    const { editor, storage } = this
    // From the toolbar and a picture's buttons, too; ProseMirror has taken what was pressed in the text. Dialogs stand
    // outside of the frame: their Escape never comes here.
    editor.options.element.addEventListener("keydown", (event) => {
      if (event.defaultPrevented) return
      const leaves = event.key === "Escape" && storage.fullscreen
      if (event.key !== "F11" && !leaves) return
      event.preventDefault()
      toggle(editor, storage)
    })
  },

  onDestroy() {
    if (this.storage.fullscreen) toggle(this.editor, this.storage)
  },
})

function toggle(editor, storage) {
  const frame = editor.options.element
  storage.fullscreen = !storage.fullscreen
  frame.classList.toggle("fullscreen", storage.fullscreen)
  document.documentElement.classList.toggle("ne-behind", storage.fullscreen)
  if (storage.fullscreen) {
    storage.scrolled = window.scrollY
    storage.behind = around(frame)
    for (const one of storage.behind) one.inert = true
    announce(_("Full screen. Escape leaves it."))
  } else {
    for (const one of storage.behind) one.inert = false
    window.scrollTo(0, storage.scrolled)
  }
  // After the transaction that the command may be part of; the toolbar's button shows the new state.
  setTimeout(() => editor.isDestroyed || editor.chain().focus(null, { scrollIntoView: storage.fullscreen }).run())
}

/** Everything on the page that neither holds the frame nor is in it, but for what is spoken. */
function around(frame) {
  const found = []
  for (let one = frame; one !== document.body; one = one.parentElement)
    found.push(...[...one.parentElement.children].filter((other) => other !== one && other.id !== "ne-live" && !other.inert))
  return found
}
