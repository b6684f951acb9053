// What is offered on opening a form: autosaves of it, copies in this browser, new articles that were never saved.

import { ask } from "newsroom-desk/asking"
import { copiesOf, forget } from "newsroom-desk/browser_copies"
import { fill } from "newsroom-desk/filling"
import { offerOf, unfinished } from "newsroom-desk/recovery"
import * as state from "newsroom-desk/save_state"
import { labels, take } from "newsroom-desk/snapshot"
import { _ } from "newsroom-editor/dom"

export class Offers {
  constructor(autosave) {
    this.autosave = autosave
    this.pending = []
  }

  async open() {
    await this.sendCopies()
    try {
      const { offers } = await ask(this.autosave.address())
      offers.sort((one, other) => one.form.length - other.form.length) // what was set aside comes second
      for (const offer of offers) this.offer(offer)
      if (this.autosave.isNew) await this.listUnfinished()
    } catch (error) {
      if (error.loginEnded) state.loginEnded(this.autosave.place.dataset.login)
      else this.offerCopy()
    }
  }

  /** What an earlier page could not send. The server leaves what is older than what it has. */
  async sendCopies() {
    for (const { form: name, snapshot } of copiesOf(this.autosave.user)) {
      try {
        await ask(this.autosave.address(name), { method: "POST", data: snapshot })
        forget(this.autosave.user, name)
      } catch (error) {
        if (error.status === 0 || error.loginEnded) return
      }
    }
  }

  offer(offer) {
    if (!offer.differences.length) {
      ask(this.autosave.address(offer.form), { method: "DELETE" }).catch(() => {}) // it says what is saved
      return
    }
    this.pending.push(offer)
    const bar = offerOf(offer, {
      restore: () => this.restore(offer),
      discard: () => this.discard(offer),
    })
    this.autosave.place.append(bar)
  }

  /** The server can't be asked; what this browser kept of the form is offered all the same. */
  offerCopy() {
    const copy = copiesOf(this.autosave.user).find((one) => one.form === this.autosave.name)
    if (!copy || JSON.stringify(copy.snapshot.fields) === this.autosave.baseline) return
    const time = new Date(copy.snapshot.kept_at - this.autosave.ahead).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })
    this.offer({ ...copy.snapshot, form: this.autosave.name, at: time, ago: _("in this browser"), differences: [{ label: "", saved: "", unsaved: _("The server can't be asked just now.") }] })
  }

  restore(offer) {
    const before = { fields: take(this.autosave.form), labels: labels(this.autosave.form) }
    this.pending = this.pending.filter((one) => one !== offer)
    fill(this.autosave.form, offer)
    this.autosave.send()
    return () => {
      this.pending.push(offer)
      fill(this.autosave.form, before)
      this.autosave.send()
    }
  }

  async discard(offer) {
    try {
      await ask(this.autosave.address(offer.form), { method: "DELETE" })
      forget(this.autosave.user, offer.form)
      this.pending = this.pending.filter((one) => one !== offer)
      return ""
    } catch (error) {
      return error.sentence ?? _("The server can't be reached. Try again.")
    }
  }

  /** Who types without answering an offer must not write over it: it goes under a name of its own, and stays offered. */
  async setAside() {
    for (const offer of this.pending.filter((one) => one.form === this.autosave.name)) {
      const { fields, labels: names } = offer
      await ask(this.autosave.address(`${this.autosave.name}-old`), { method: "POST", data: { fields, labels: names, user: this.autosave.user } })
      offer.form = `${this.autosave.name}-old`
    }
  }

  async listUnfinished() {
    const { drafts } = await ask(this.autosave.place.dataset.unfinished)
    const others = drafts.filter((one) => one.form !== this.autosave.name && one.form !== `${this.autosave.name}-old`)
    if (!others.length || "bound" in this.autosave.place.dataset) return
    const list = unfinished(others, async ({ form: name }) => {
      if (this.autosave.isUnsent) await this.autosave.send()
      const { offers } = await ask(this.autosave.address(name))
      this.autosave.adopt(name)
      this.autosave.place.replaceChildren()
      this.pending = []
      const own = offers.find((one) => one.form === name)
      if (!own) return
      this.offer(own)
      this.autosave.place.querySelector(".ne-chip-first")?.click()
    })
    this.autosave.place.append(list)
  }
}
