// What is typed into the article's form is kept: on the server within seconds, in this browser until the server has it.
// This is the wiring: when to keep. How is in keeper.js, what is offered on opening in offers.js.

import { Autosave } from "newsroom-desk/keeper"
import { takeSent } from "newsroom-desk/snapshot"
import { debounce } from "newsroom-editor/dom"

const PAUSE = 2500 // after the last change
const LOOK = 5000 // for changes that no event told of
const PATIENCE = 5000 // with an editor that does not come

const place = document.getElementById("desk-recovery")
const form = place?.closest("form")

function start() {
  const autosave = new Autosave(form, place)
  const soon = debounce(() => autosave.changed(), PAUSE)
  autosave.soon = soon
  const isBound = "bound" in place.dataset

  const begin = () => {
    autosave.baseline = isBound ? "" : JSON.stringify(takeSent(form))
    autosave.kept = autosave.baseline
    if (isBound) autosave.send() // it was refused, so it is saved nowhere
    else autosave.offers.open()
    for (const type of ["input", "change"]) form.addEventListener(type, soon)
    window.django?.jQuery?.(form).on("change", soon) // the choosers tell only jQuery
    setInterval(() => autosave.problem || autosave.changed(), LOOK)
    soon() // what was typed before
    form.dataset.autosave = "ready"
  }
  whenReady(begin)
  document.getElementById("desk-clashes")?.focus() // what must be decided first

  form.addEventListener("submit", (event) => autosave.submit(event))
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") autosave.leave()
    else autosave.again()
  })
  window.addEventListener("pagehide", () => autosave.leave())
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) autosave.leaving = autosave.goesAhead = false // back to this page, as it was left
  })
  window.addEventListener("online", () => autosave.again())
  window.addEventListener("focus", () => autosave.again())
  window.addEventListener("beforeunload", (event) => {
    if (!autosave.leaving && autosave.isUnsent) event.preventDefault()
  })
  window.newsroomAutosave = { isDirty: () => autosave.isDirty }
}

/** Calls `act` once each editor of the form has taken over its textarea; one that nobody has touched leaves the text in
    it to the letter (see newsroom-editor/chrome). */
function whenReady(act) {
  const waiting = new Set([...form.querySelectorAll("textarea[data-django-prose-editor-configurable]")].filter((one) => !one.name.includes("__prefix__")))
  let isDone = false
  const done = () => {
    if (isDone) return
    isDone = true
    act()
  }
  if (!waiting.size) return done()
  const ready = (textarea) => {
    waiting.delete(textarea)
    if (!waiting.size) done()
  }
  form.addEventListener("prose-editor:ready", ({ target }) => ready(target))
  // An editor that is ready already has wrapped its textarea.
  for (const textarea of waiting) if (textarea.closest(".prose-editor")) ready(textarea)
  setTimeout(done, PATIENCE) // the rest must not be unsafe for its sake
}

if (form) start()
