// A front's board: what its buttons, its drag and its fields do is done by the server, which answers the board anew.
// Each step is saved at once, one after the other; a clash with somebody else is shown before anything is written.

import { ask, Unanswered } from "newsroom-desk/asking"
import { dragRows } from "newsroom-desk/front_dragging"
import { choose, editPlace } from "newsroom-desk/front_dialog"
import { articleOption, searchArticles } from "newsroom-editor/article-search"
import { combobox } from "newsroom-editor/combobox"
import { _ } from "newsroom-editor/dom"

class Board {
  constructor(room) {
    this.room = room
    this.board = room.querySelector("[data-board]")
    this.said = room.querySelector("[data-said]")
    this.problem = room.querySelector("[data-problem]")
    this.preview = room.querySelector("[data-preview]")
    this.waiting = Promise.resolve()
    this.board.addEventListener("submit", (event) => this.submitted(event))
    this.board.addEventListener("click", (event) => this.clicked(event))
    this.board.addEventListener("keydown", (event) => this.key(event))
    dragRows(this.board, (from, box, place) => this.does(`move|${from}|${box}|${place}`))
    this.dress()
    room.dataset.ready = "yes"
  }

  // --- what is done ------------------------------------------------------------------------------------------

  submitted(event) {
    event.preventDefault()
    if (event.submitter?.value) this.does(event.submitter.value)
  }

  /** Alt and an arrow, anywhere on a card, are its two buttons. */
  key(event) {
    const row = event.target.closest("[data-row]")
    const word = { ArrowUp: "up", ArrowDown: "down" }[event.key]
    if (!row || !word || !event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    this.does(`${word}|${row.dataset.row}`)
  }

  async clicked(event) {
    const link = event.target.closest("[data-edit-of]")
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    await this.waiting
    try {
      const answer = await editPlace(link.href)
      if (answer) this.replace(answer)
    } catch (error) {
      this.failed(error)
    }
  }

  /** One after the other: each step goes out from the board that the one before has answered. */
  does(act, article = null) {
    this.waiting = this.waiting.then(() => this.send(act, article))
    return this.waiting
  }

  async send(act, article) {
    const form = new FormData(this.board.querySelector("form"))
    form.set("act", act)
    if (article) form.set("article", article)
    this.board.setAttribute("aria-busy", "true")
    try {
      this.replace(await ask(this.room.dataset.act, { method: "POST", form }), act)
    } catch (error) {
      this.failed(error)
    } finally {
      this.board.removeAttribute("aria-busy")
    }
  }

  // --- what is shown -----------------------------------------------------------------------------------------

  replace({ html, said, focus }, act = "") {
    const key = document.activeElement?.dataset?.key || ""
    this.board.innerHTML = html // the server's own template, where everything is escaped
    this.dress()
    this.problem.hidden = true
    this.refocus(focus, key.split(":").pop(), act)
    this.said.textContent = said
    this.preview?.contentWindow?.location.reload()
  }

  /** On the same button of what was moved; where that can't be pressed any more, on the one beside it. */
  refocus(focus, word, act) {
    if (!focus) return this.board.querySelector("h2")?.focus()
    const [box] = focus.split("|")
    if (/^pick\|/.test(act)) return this.board.querySelector(`[data-add="${box}"] input`)?.focus()
    const words = [word, ...(word === "up" ? ["down"] : ["up", "down"]), "edit"]
    for (const one of words) {
      const found = this.board.querySelector(`[data-key="${CSS.escape(focus)}:${one}"]:not(:disabled)`)
      if (found) return found.focus()
    }
    this.board.querySelector(`#name-${CSS.escape(box)}`)?.focus()
  }

  failed(error) {
    if (!(error instanceof Unanswered)) throw error
    if (error.status === 409) return choose(error.data)
    const why = error.loginEnded ? _("Your login has ended: log in in another window.") : error.status ? error.sentence : _("The server can't be reached.")
    this.problem.textContent = `${_("That was not done.")} ${why}`
    this.problem.hidden = false
  }

  /** Fields of numbers become searches. */
  dress() {
    for (const place of this.board.querySelectorAll("[data-add]")) {
      const plain = place.querySelector("input")
      const { element, input } = combobox({
        label: _("Articles"),
        placeholder: _("Words of its headline"),
        search: async (text) => {
          const found = text ? await searchArticles(this.room.dataset.search, text) : []
          return found.sort((one, other) => other.live - one.live) // what readers have first
        },
        render: articleOption,
        onPick: ({ id }) => this.does(`pick|${place.dataset.add}`, id),
      })
      input.id = plain.id
      input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault()) // it presses no button
      plain.replaceWith(element)
      place.querySelector("button").hidden = true
    }
  }
}

const room = document.querySelector("[data-front]")
if (room) new Board(room)
