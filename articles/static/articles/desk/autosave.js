// What is typed into the article's form is kept: on the server within seconds, in this browser until the server has it.

import { ask, freshToken } from "newsroom-desk/asking"
import { copiesOf, forget, keep } from "newsroom-desk/browser_copies"
import { fill } from "newsroom-desk/filling"
import { offerOf, unfinished } from "newsroom-desk/recovery"
import * as state from "newsroom-desk/save_state"
import { giveBackUntouched, labels, rememberRewriting, take } from "newsroom-desk/snapshot"
import { _, debounce } from "newsroom-editor/dom"

const PAUSE = 2500 // after the last change
const LOOK = 5000 // for changes that no event told of
const SETTLED = 150 // the editor rewrites its textarea once, right after it is ready
const KEEPALIVE_LIMIT = 60_000 // browsers send 64 KB after a page has gone, no more

const place = document.getElementById("desk-recovery")
const form = place?.closest("form")

class Autosave {
  constructor() {
    const { url, user, now } = place.dataset
    this.user = Number(user)
    this.url = url
    // The server's clock, by ours: copies of several browsers and of the server are compared by their time.
    const answered = performance.timeOrigin + (performance.getEntriesByType("navigation")[0]?.responseStart || 0)
    this.ahead = Date.parse(now) - answered
    this.name = this.findName()
    this.baseline = null // what is saved
    this.kept = null // what the server has
    this.offers = []
    this.failures = 0
    this.problem = null
  }

  // --- which form this is ------------------------------------------------------------------------------------------

  /** A new article's form has a random name, which stays in the address so that a reload finds its autosave. */
  findName() {
    const input = form.elements.form_name
    const inAddress = new URLSearchParams(location.hash.slice(1)).get("draft")
    if (this.isNew && inAddress && /^[A-Za-z0-9-]{1,36}$/.test(inAddress) && !("bound" in place.dataset)) input.value = inAddress
    return input.value
  }

  get isNew() {
    return Boolean(place.dataset.unfinished)
  }

  adopt(name) {
    this.name = form.elements.form_name.value = name
    if (this.isNew) history.replaceState(history.state, "", `#draft=${name}`)
  }

  address(name = this.name) {
    return this.url.replace("FORM", name)
  }

  // --- what stands in it ---------------------------------------------------------------------------------------------

  now() {
    const fields = take(form)
    return { fields, labels: labels(form), user: this.user, kept_at: Date.now() + this.ahead }
  }

  text() {
    return JSON.stringify(take(form))
  }

  get isDirty() {
    return this.baseline !== null && this.text() !== this.baseline
  }

  get isUnsent() {
    return this.kept !== null && this.text() !== this.kept
  }

  // --- keeping it ------------------------------------------------------------------------------------------------------

  changed() {
    if (this.isUnsent && !this.leaving) this.send()
  }

  /** One at a time; what was typed meanwhile goes with the next. Answers whether the server has it. */
  send() {
    this.sending ||= this.deliver().finally(() => (this.sending = null))
    return this.sending
  }

  async deliver() {
    const snapshot = this.now()
    const text = JSON.stringify(snapshot.fields)
    const isKept = keep(this.user, this.name, snapshot)
    if (this.isNew && !location.hash.includes("draft=")) this.adopt(this.name)
    state.saving()
    try {
      await this.setAsideOffers()
      const answer = await ask(this.address(), { method: "POST", data: snapshot })
      this.kept = text
      // A lower bound that only gets closer: what is typed from now on is later than what was kept just now.
      this.ahead = Math.max(this.ahead, answer.now - Date.now())
      this.failures = 0
      this.problem = null
      forget(this.user, this.name)
      if (answer.is_gone) state.say(_("This article was deleted meanwhile. Your text is kept: save it as a new article."))
      else state.savedAt(answer.at)
      if (this.isUnsent) this.soon()
      return true
    } catch (error) {
      this.failed(error, isKept)
      return false
    }
  }

  failed(error, isKept) {
    this.problem = error
    if (error.loginEnded) state.loginEnded(place.dataset.login)
    else if (!error.mayPass) state.refused(error.sentence ?? String(error), isKept)
    else if (!isKept) state.nowhere()
    else if (error.status === 0) state.offline()
    else state.unanswered()
    if (!error.loginEnded && !error.mayPass) return
    clearTimeout(this.retry)
    this.retry = setTimeout(() => this.again(), Math.min(2000 * 2 ** this.failures++, 60_000))
  }

  again() {
    clearTimeout(this.retry)
    if (this.isUnsent && this.problem) this.send()
  }

  /** The page goes, perhaps for good: at once into this browser, and to the server if it still gets there. */
  leave() {
    if (!this.isUnsent || this.leaving) return
    const snapshot = this.now()
    keep(this.user, this.name, snapshot)
    const isSmall = new Blob([JSON.stringify(snapshot)]).size < KEEPALIVE_LIMIT
    // Nobody may be there any more to hear of a failure; the copy in the browser is sent when a form is next opened.
    ask(this.address(), { method: "POST", data: snapshot, keepalive: isSmall }).then(
      () => {
        this.kept = JSON.stringify(snapshot.fields)
        forget(this.user, this.name)
      },
      () => {},
    )
  }

  // --- offering it -----------------------------------------------------------------------------------------------------

  async open() {
    await this.sendCopies()
    try {
      const { offers } = await ask(this.address())
      for (const offer of offers.filter((one) => one.form === this.name || one.form === `${this.name}-old`)) this.offer(offer)
      if (this.isNew) await this.listUnfinished()
    } catch (error) {
      if (error.loginEnded) state.loginEnded(place.dataset.login)
      else this.offerCopy()
    }
  }

  /** What an earlier page could not send. The server leaves what is older than what it has. */
  async sendCopies() {
    for (const { form: name, snapshot } of copiesOf(this.user)) {
      try {
        await ask(this.address(name), { method: "POST", data: snapshot })
        forget(this.user, name)
      } catch (error) {
        if (error.status === 0 || error.loginEnded) return
      }
    }
  }

  offer(offer) {
    if (!offer.differences.length) {
      ask(this.address(offer.form), { method: "DELETE" }).catch(() => {}) // it says what is saved
      return
    }
    this.offers.push(offer)
    const bar = offerOf(offer, {
      restore: () => this.restore(offer),
      discard: () => this.discard(offer),
    })
    place.append(bar)
  }

  /** The server can't be asked; what this browser kept of the form is offered all the same. */
  offerCopy() {
    const copy = copiesOf(this.user).find((one) => one.form === this.name)
    if (!copy || JSON.stringify(copy.snapshot.fields) === this.baseline) return
    const time = new Date(copy.snapshot.kept_at - this.ahead).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })
    this.offer({ ...copy.snapshot, form: this.name, at: time, ago: _("in this browser"), differences: [{ label: "", saved: "", unsaved: _("The server can't be asked just now.") }] })
  }

  restore(offer) {
    const before = { fields: take(form), labels: labels(form) }
    this.offers = this.offers.filter((one) => one !== offer)
    fill(form, offer)
    this.send()
    return () => {
      this.offers.push(offer)
      fill(form, before)
      this.send()
    }
  }

  async discard(offer) {
    try {
      await ask(this.address(offer.form), { method: "DELETE" })
      forget(this.user, offer.form)
      this.offers = this.offers.filter((one) => one !== offer)
      return ""
    } catch (error) {
      return error.sentence ?? _("The server can't be reached. Try again.")
    }
  }

  /** Who types without answering an offer must not write over it: it goes under a name of its own, and stays offered. */
  async setAsideOffers() {
    for (const offer of this.offers.filter((one) => one.form === this.name)) {
      const { fields, labels: names } = offer
      await ask(this.address(`${this.name}-old`), { method: "POST", data: { fields, labels: names, user: this.user } })
      offer.form = `${this.name}-old`
    }
  }

  async listUnfinished() {
    const { drafts } = await ask(place.dataset.unfinished)
    const others = drafts.filter((one) => one.form !== this.name && one.form !== `${this.name}-old`)
    if (!others.length || "bound" in place.dataset) return
    const list = unfinished(others, async ({ form: name }) => {
      if (this.isUnsent) await this.send()
      const { offers } = await ask(this.address(name))
      this.adopt(name)
      place.replaceChildren()
      this.offers = []
      const own = offers.find((one) => one.form === name)
      if (!own) return
      this.offer(own)
      place.querySelector(".ne-chip-first")?.click()
    })
    place.append(list)
  }

  // --- the buttons -------------------------------------------------------------------------------------------------------

  /** Posting the form: first what is typed must be somewhere, for a login may have ended and then Django drops it. */
  async submit(event) {
    if (this.goesAhead) return this.away()
    const snapshot = this.now()
    const isKept = !this.isDirty || keep(this.user, this.name, snapshot)
    if (isKept && !this.sending && !this.problem && navigator.onLine) return this.away()
    event.preventDefault()
    const { submitter } = event
    await this.sending
    // A login that ended is found out by asking; a refusal of the autosave (too long) must not hinder saving.
    const isThere = (await this.send()) || (this.problem && !this.problem.mayPass && !this.problem.loginEnded)
    if (!isThere) return
    this.goesAhead = true
    form.requestSubmit(submitter)
  }

  away() {
    this.leaving = true
    // Still here after a while: somebody else's question stopped the form from going.
    setTimeout(() => (this.leaving = this.goesAhead = false), 4000)
    clearTimeout(this.retry)
    freshToken()
    giveBackUntouched()
  }
}

function start() {
  const autosave = new Autosave()
  const soon = debounce(() => autosave.changed(), PAUSE)
  autosave.soon = soon
  const isBound = "bound" in place.dataset

  const begin = () => {
    autosave.baseline = isBound ? "" : autosave.text()
    autosave.kept = autosave.baseline
    if (isBound) autosave.send() // it was refused, so it is saved nowhere
    else autosave.open()
    for (const type of ["input", "change"]) form.addEventListener(type, soon)
    window.django?.jQuery?.(form).on("change", soon) // the choosers tell only jQuery
    setInterval(() => autosave.problem || autosave.changed(), LOOK)
    form.dataset.autosave = "ready"
  }
  whenSettled(begin)

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

/** Calls `act` once each editor of the form has made of its text what it makes of it. */
function whenSettled(act) {
  const waiting = new Set([...form.querySelectorAll("textarea[data-django-prose-editor-configurable]")].filter((one) => !one.name.includes("__prefix__")))
  let isDone = false
  const done = () => {
    if (isDone) return
    isDone = true
    act()
  }
  if (!waiting.size) return done()
  const ready = (textarea) => setTimeout(() => {
    rememberRewriting(textarea)
    waiting.delete(textarea)
    if (!waiting.size) done()
  }, SETTLED)
  form.addEventListener("prose-editor:ready", ({ target }) => ready(target))
  // An editor that is ready already has wrapped its textarea.
  for (const textarea of waiting) if (textarea.closest(".prose-editor")) ready(textarea)
  setTimeout(done, 5000) // an editor that does not come must not keep the rest unsafe
}

if (form) start()
