// The panel "Related articles": a list that follows what is typed, made by the server; pins and mutes, kept in two
// fields of the form, so that autosave, restoring and saving treat them like all else.

import { ask, Unanswered } from "newsroom-desk/asking"
import { whenChanged } from "newsroom-desk/reading_form"
import { searchArticles, articleOption } from "newsroom-editor/article-search"
import { combobox } from "newsroom-editor/combobox"
import { _, h } from "newsroom-editor/dom"
import { dragPins } from "newsroom-desk/related_dragging"

const PAUSE = 600 // milliseconds without typing
const HANGS_ON = /^(headline|body|section|tags|related_)/ // what may change the list

class Related {
  constructor(panel) {
    this.panel = panel
    this.form = panel.closest("form")
    this.list = panel.querySelector("[data-related-list]")
    this.said = panel.querySelector("[data-related-said]")
    this.problem = panel.querySelector("[data-related-problem]")
    this.mutedNow = []
    this.asked = this.state()
    this.shown = this.headlines()
    this.hidePlain()
    this.find()
    this.dress()
    this.list.addEventListener("click", ({ target }) => this.act(target.closest("[data-act]")))
    this.list.addEventListener("keydown", (event) => this.key(event))
    dragPins(this.list, (article, before) => this.moveBefore(article, before))
    whenChanged(this.form, () => this.refresh(), PAUSE)
    panel.dataset.ready = "yes"
  }

  // --- what is chosen ----------------------------------------------------------------------------------------

  numbers(name) {
    return (this.form.elements[name].value.match(/\d+/g) || []).map(Number)
  }

  get pins() {
    return this.numbers("related_pins")
  }

  get mutes() {
    return this.numbers("related_mutes")
  }

  /** Writes both fields and says so, as typing would. */
  choose(pins, mutes) {
    const fields = [["related_pins", pins], ["related_mutes", mutes]].map(([name, of]) => [this.form.elements[name], of.join(", ")])
    for (const [field, value] of fields) {
      if (field.value === value) continue
      field.value = value
      field.dispatchEvent(new Event("input", { bubbles: true }))
    }
  }

  act(button) {
    const row = button?.closest("[data-article]")
    if (!row) return
    const { article, headline } = row.dataset
    this.does(button.dataset.act, Number(article), headline)
  }

  async does(act, article, headline) {
    const { pins, mutes } = this
    const without = (all) => all.filter((one) => one !== article)
    const place = pins.indexOf(article)
    if (act === "everywhere" || act === "again") return this.everywhere(act, article, headline)
    if (act === "pin" && place < 0) {
      if (pins.length >= Number(this.panel.dataset.mostPins)) return this.fails(_("No more can be pinned. Unpin one first."))
      return this.chosen([...pins, article], without(mutes), `${_("Pinned")}: ${headline}`)
    }
    if (act === "pin") return this.chosen(without(pins), mutes, `${_("Not pinned any more")}: ${headline}`)
    if (act === "mute") return this.chosen(without(pins), [...without(mutes), article], `${_("Not shown here")}: ${headline}`)
    if (act === "unmute") return this.chosen(pins, without(mutes), `${_("May be shown here again")}: ${headline}`)
    const to = place + (act === "up" ? -1 : 1)
    if (place < 0 || to < 0 || to >= pins.length) return
    ;[pins[place], pins[to]] = [pins[to], pins[place]]
    return this.chosen(pins, mutes, `${headline}: ${to + 1} / ${pins.length}`)
  }

  moveBefore(article, before) {
    const pins = this.pins.filter((one) => one !== article)
    pins.splice(before === null ? pins.length : pins.indexOf(before), 0, article)
    this.chosen(pins, this.mutes, `${_("Moved to place")} ${pins.indexOf(article) + 1} / ${pins.length}`)
  }

  chosen(pins, mutes, sentence) {
    this.choose(pins, mutes)
    return this.refresh(sentence)
  }

  async everywhere(act, article, headline) {
    const question = `${headline}\n\n${_("Suggest it beside no article at all? This holds at once, for the whole site, also where it is pinned. It can be undone.")}`
    if (act === "everywhere" && !confirm(question)) return
    const form = new FormData()
    form.set("act", act === "everywhere" ? "mute" : "again")
    try {
      const { said } = await ask(this.panel.dataset.everywhere.replace("/0/", `/${article}/`), { method: "POST", form })
      this.mutedNow = [...this.mutedNow.filter((one) => one !== article), article]
      await this.refresh(said)
    } catch (error) {
      this.failed(error)
    }
  }

  key(event) {
    const row = event.target.closest("[data-pinned]")
    const act = { ArrowUp: "up", ArrowDown: "down" }[event.key]
    if (!row || !act || !event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    this.does(act, Number(row.dataset.article), row.dataset.headline)
  }

  // --- the list ----------------------------------------------------------------------------------------------

  state() {
    return JSON.stringify([[...new FormData(this.form)].filter(([name]) => HANGS_ON.test(name)), this.mutedNow])
  }

  headlines() {
    return [...this.list.querySelectorAll("[data-related-rows=shown] [data-article]")].map((row) => row.dataset.headline)
  }

  /** Asks for the list of what stands in the form. The last question counts; an older one is given up. */
  async refresh(sentence = "") {
    const state = this.state()
    if (state === this.asked && !sentence) return
    this.asked = state
    this.coming?.abort()
    const { signal } = (this.coming = new AbortController())
    const form = new FormData(this.form)
    form.set("related_muted_now", this.mutedNow.join(","))
    try {
      const { html } = await ask(this.panel.dataset.related, { method: "POST", form, signal })
      this.replace(html)
      this.problem.hidden = true
      this.tell(sentence)
    } catch (error) {
      if (error.name === "AbortError") return
      this.asked = null // to be asked again at the next change
      this.failed(error)
    }
  }

  replace(html) {
    const focus = this.focused()
    const open = [...this.list.querySelectorAll("details[open]")].map((one) => one.dataset.relatedMore)
    this.list.innerHTML = html // the server's own template, where everything is escaped
    for (const one of this.list.querySelectorAll("details")) one.open = open.includes(one.dataset.relatedMore)
    this.dress()
    this.refocus(focus)
  }

  /** The first can't go up, the last not down. */
  dress() {
    const rows = [...this.list.querySelectorAll("[data-pinned]")]
    for (const [place, row] of rows.entries()) {
      row.draggable = true
      row.querySelector("[data-act=up]").disabled = place === 0
      row.querySelector("[data-act=down]").disabled = place === rows.length - 1
    }
  }

  focused() {
    const here = document.activeElement
    if (!this.list.contains(here)) return null
    const row = here.closest("[data-article]")
    const rows = [...this.list.querySelectorAll("[data-article]")]
    return { article: row?.dataset.article, act: here.dataset.act, summary: here.tagName === "SUMMARY", place: rows.indexOf(row) }
  }

  /** Where it was; else the row that took its place. */
  refocus(was) {
    if (!was) return
    if (was.summary) return this.list.querySelector("summary")?.focus()
    const rows = [...this.list.querySelectorAll("[data-article]")]
    const same = rows.find((one) => one.dataset.article === was.article)
    const stays = same && (!was.act || same.querySelector(`[data-act=${was.act}]`))
    const row = stays ? same : rows[Math.min(was.place, rows.length - 1)]
    const more = row?.closest("details")
    if (more) more.open = true
    const can = [...(row?.querySelectorAll("[data-act]:not(:disabled), a") || [])]
    ;(can.find((one) => one.dataset.act === was.act) || can.find((one) => one.dataset.act) || can[0])?.focus()
  }

  tell(sentence) {
    const now = this.headlines()
    const list = JSON.stringify(now) === JSON.stringify(this.shown) ? "" : `${_("Readers are shown")}: ${now.join("; ")}.`
    this.shown = now
    if (sentence || list) this.said.textContent = [sentence && `${sentence}.`.replace("..", "."), list].filter(Boolean).join(" ")
  }

  failed(error) {
    if (!(error instanceof Unanswered)) throw error
    const why = error.loginEnded ? _("Your login has ended: log in in another window.") : error.status ? error.sentence : _("The server can't be reached.")
    this.fails(`${_("The list is not up to date.")} ${why} ${_("What you chose stands in the form.")}`)
  }

  fails(sentence) {
    this.problem.textContent = sentence
    this.problem.hidden = false
  }

  // --- choosing by hand --------------------------------------------------------------------------------------

  /** The fields of numbers are for who has no script, and for what is wrong in them. */
  hidePlain() {
    this.panel.querySelector("[data-related-plain]").hidden = !this.panel.querySelector(":scope > .errorlist")
  }

  find() {
    const place = this.panel.querySelector("[data-related-find]")
    const own = Number(this.panel.dataset.article)
    const { element, input } = combobox({
      label: _("Articles"),
      placeholder: _("Words of its headline"),
      search: async (text) => {
        const found = text ? await searchArticles(this.panel.dataset.search, text) : []
        return found.filter(({ id }) => id !== own).sort((one, other) => other.live - one.live) // what readers have first
      },
      render: articleOption,
      onPick: ({ id, headline }, field) => {
        field.value = ""
        if (this.pins.includes(id)) return this.tell(`${_("Pinned already")}: ${headline}`)
        this.does("pin", id, headline)
      },
    })
    input.id = "related-find"
    input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault()) // it saves nothing
    place.append(element)
    place.hidden = false
  }
}

const panel = document.querySelector("[data-related]")
if (panel) new Related(panel)
