// The preview beside the form: what stands in the form, posted to the server, on the readers' own page in a frame.
// Each answer gets a frame of its own, which takes the place of the last one once it has come: nothing flashes, and
// the browser's history does not fill with previews. Without this module the button saves, then shows.

import { debounce, h } from "newsroom-editor/dom"

const PAUSE = 700 // milliseconds without typing
const WIDTHS = { Desktop: 1280, Phone: 390 }
const KEPT_AS = "newsroom-preview-width"

class Preview {
  constructor(form, url, opener) {
    Object.assign(this, { form, url, opener })
    this.wide = matchMedia("(min-width: 1100px)")
    this.build()
    const later = debounce(() => this.pane.open && this.refresh(), PAUSE)
    // By jQuery: select2 tells of its choices to nobody else. It hears the browser's own events, too.
    window.django.jQuery(form).on("input change", later)
    for (const name of ["formset:added", "formset:removed"]) document.addEventListener(name, later)
    this.wide.addEventListener("change", () => this.pane.open && this.reopen())
    new ResizeObserver(() => this.fit()).observe(this.stage)
  }

  build() {
    const button = (text, act) => h("button", { type: "button", onclick: act }, text)
    this.state = h("span", { className: "preview-state" })
    this.problem = h("div", { className: "preview-problem", role: "alert", hidden: true })
    this.stage = h("div", { className: "preview-stage" }, this.problem)
    this.switches = Object.keys(WIDTHS).map((name) => button(name, () => this.choose(name)))
    const controls = h(
      "div",
      { className: "preview-controls" },
      h("h2", { id: "preview-title" }, "Preview"),
      this.state,
      h("div", { className: "preview-widths", role: "group", "aria-label": "Width" }, ...this.switches),
      button("New tab", () => this.post("_blank")),
      button("Close", () => this.close()),
    )
    this.pane = h("dialog", { className: "preview-pane", "aria-labelledby": "preview-title" }, controls, this.stage)
    this.pane.addEventListener("cancel", (event) => {
      event.preventDefault()
      this.close()
    })
    this.pane.addEventListener("keydown", (event) => this.escaped(event))
    document.body.append(this.pane)
    const kept = localStorage.getItem(KEPT_AS)
    this.choose(kept in WIDTHS ? kept : innerWidth < 700 ? "Phone" : "Desktop")
  }

  // --- opening and closing ---------------------------------------------------------------------------------

  toggle() {
    if (this.pane.open) return this.close()
    this.open()
    this.refresh({ always: true })
  }

  open() {
    document.body.classList.toggle("previewing", this.wide.matches)
    // Over the form nothing else can be seen, and so the focus has to stay here; beside it, one goes on writing.
    if (this.wide.matches) this.pane.show()
    else this.pane.showModal()
    this.opener.setAttribute("aria-expanded", "true")
    this.fit()
  }

  close() {
    document.body.classList.remove("previewing")
    this.pane.close()
    this.opener.setAttribute("aria-expanded", "false")
    this.opener.focus()
  }

  /** From beside to over the form and back, when the window gets narrower or wider. */
  reopen() {
    this.pane.close()
    this.open()
  }

  escaped(event) {
    if (event.key !== "Escape") return
    event.preventDefault()
    this.close()
  }

  // --- width -----------------------------------------------------------------------------------------------

  choose(name) {
    this.width = WIDTHS[name]
    localStorage.setItem(KEPT_AS, name)
    for (const button of this.switches) button.setAttribute("aria-pressed", String(button.textContent === name))
    this.fit()
  }

  /** The page is as wide as on such a screen, and shown as large as the pane allows. */
  fit() {
    const { clientWidth, clientHeight } = this.stage
    if (!clientWidth) return
    const width = this.width > 1000 ? Math.max(this.width, clientWidth) : this.width
    const scale = Math.min(1, clientWidth / width)
    const aside = Math.max(0, (clientWidth - width * scale) / 2)
    for (const frame of this.stage.querySelectorAll("iframe")) {
      frame.style.width = `${width}px`
      frame.style.height = `${Math.ceil(clientHeight / scale)}px`
      frame.style.transform = `translateX(${aside}px) scale(${scale})`
    }
  }

  // --- what is shown ---------------------------------------------------------------------------------------

  entries() {
    return [...new FormData(this.form)].filter(([, value]) => typeof value === "string")
  }

  refresh({ always = false } = {}) {
    const posted = JSON.stringify(this.entries())
    if (!always && posted === this.posted) return
    this.posted = posted
    this.coming?.remove() // only the last answer counts
    const name = `preview-${crypto.getRandomValues(new Uint32Array(2)).join("")}`
    this.coming = h("iframe", { className: "preview-coming", title: "The article as readers would see it", name })
    this.state.textContent = "Updating…"
    this.stage.append(this.coming)
    this.fit()
    const frame = this.coming
    this.post(name)
    frame.addEventListener("load", () => this.arrived(frame))
  }

  /** A form of its own, so that nothing of the article's form (its target, its handlers) is touched. */
  post(target) {
    const fields = this.entries().map(([name, value]) => h("input", { type: "hidden", name, value }))
    const form = h("form", { method: "post", action: this.url, target, hidden: true }, ...fields)
    form.enctype = "multipart/form-data"
    document.body.append(form)
    HTMLFormElement.prototype.submit.call(form) // a field may be named submit
    form.remove()
  }

  arrived(frame) {
    const page = frame.contentDocument // null when the answer is none of ours
    if (frame !== this.coming || page?.URL === "about:blank") return
    this.coming = null
    if (!page?.querySelector("[data-unsaved]")) return this.failed(frame)
    this.problem.hidden = true
    const top = this.shown?.contentWindow.scrollY || 0
    const hadFocus = this.shown && document.activeElement === this.shown
    frame.classList.remove("preview-coming")
    frame.contentWindow.scrollTo({ top, behavior: "instant" })
    if (hadFocus) frame.focus()
    this.shown?.remove()
    this.shown = frame
    page.addEventListener("click", (event) => this.clicked(event, page))
    page.addEventListener("keydown", (event) => this.escaped(event))
    this.state.textContent = `As of ${new Date().toLocaleTimeString()}`
  }

  failed(frame) {
    frame.remove()
    this.posted = null
    this.state.textContent = this.shown ? "Not up to date" : ""
    this.problem.hidden = false
    this.problem.replaceChildren(
      "The preview can't be made: the server can't be reached, or your login has ended. What you typed still stands in the form. ",
      h("button", { type: "button", onclick: () => this.refresh({ always: true }) }, "Try again"),
    )
  }

  /** A link opens in a tab of its own: the pane keeps showing the article. */
  clicked(event, page) {
    const link = event.target.closest("a[href]")
    if (!link) return
    event.preventDefault()
    const target = link.getAttribute("href")
    if (target.startsWith("#")) page.getElementById(target.slice(1))?.scrollIntoView()
    else window.open(link.href, "_blank", "noopener")
  }
}

const script = document.querySelector("script[data-preview-url]")
const button = document.querySelector(".article-buttons [name=_preview]")
if (script && button) {
  const preview = new Preview(button.form, script.dataset.previewUrl, button)
  button.setAttribute("aria-expanded", "false")
  button.addEventListener("click", (event) => {
    event.preventDefault()
    preview.toggle()
  })
}
