// Keeps what stands in a form: on the server when it answers, in this browser until it does.

import { ask, freshToken } from "newsroom-desk/asking"
import { forget, keep } from "newsroom-desk/browser_copies"
import { Offers } from "newsroom-desk/offers"
import * as state from "newsroom-desk/save_state"
import { labels, take } from "newsroom-desk/snapshot"
import { _ } from "newsroom-editor/dom"

const KEEPALIVE_LIMIT = 60_000 // browsers send 64 KB after a page has gone, no more

export class Autosave {
  constructor(form, place) {
    this.form = form
    this.place = place
    this.offers = new Offers(this)
    const { url, user, now } = place.dataset
    this.user = Number(user)
    this.url = url
    // The server's clock, by ours: copies of several browsers and of the server are compared by their time.
    const answered = performance.timeOrigin + (performance.getEntriesByType("navigation")[0]?.responseStart || 0)
    this.ahead = Date.parse(now) - answered
    this.name = this.findName()
    this.baseline = null // what is saved
    this.kept = null // what the server has
    this.failures = 0
    this.problem = null
  }

  // --- which form this is ------------------------------------------------------------------------------------------

  /** A new article's form has a random name, which stays in the address so that a reload finds its autosave. */
  findName() {
    const input = this.form.elements.form_name
    const inAddress = new URLSearchParams(location.hash.slice(1)).get("draft")
    if (this.isNew && inAddress && /^[A-Za-z0-9-]{1,36}$/.test(inAddress) && !("bound" in this.place.dataset)) input.value = inAddress
    return input.value
  }

  get isNew() {
    return Boolean(this.place.dataset.unfinished)
  }

  adopt(name) {
    this.name = this.form.elements.form_name.value = name
    if (this.isNew) history.replaceState(history.state, "", `#draft=${name}`)
  }

  address(name = this.name) {
    return this.url.replace("FORM", name)
  }

  // --- what stands in it ---------------------------------------------------------------------------------------------

  now() {
    const fields = take(this.form)
    return { fields, labels: labels(this.form), user: this.user, kept_at: Date.now() + this.ahead }
  }

  text() {
    return JSON.stringify(take(this.form))
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
      await this.offers.setAside()
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
    if (error.loginEnded) state.loginEnded(this.place.dataset.login)
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
    this.form.requestSubmit(submitter)
  }

  away() {
    this.leaving = true
    // Still here after a while: somebody else's question stopped the form from going.
    setTimeout(() => (this.leaving = this.goesAhead = false), 4000)
    clearTimeout(this.retry)
    freshToken()
  }
}
