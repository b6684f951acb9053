// Choosing the recommended videos: used before or by address, in their order, with their titles.

import { api, RequestFailed } from "newsroom-editor/api"
import { combobox } from "newsroom-editor/combobox"
import { dialogForm, field, modal } from "newsroom-editor/dialog"
import { _, announce, h } from "newsroom-editor/dom"
import { MOST_VIDEOS, parseVideos, usualTitle, videoAddress, writeVideos } from "newsroom-editor/videos-list"

/** Opens the dialog on the textarea; its text changes only when the person says so. */
export async function editVideos(textarea, searchUrl) {
  const videos = await modal({
    title: _("Recommended videos"),
    className: "ne-videos",
    build: ({ close }) => {
      const list = new VideoList(parseVideos(textarea.value))
      return dialogForm({ close, submit: _("Use these videos"), answer: () => list.answer() }, list.element, adding(list, searchUrl))
    },
  })
  if (!videos) return
  writeVideos(textarea, videos)
  announce(`${videos.length} ${_("recommended videos")}`)
}

class VideoList {
  constructor(videos) {
    this.rows = videos
    this.list = h("ol", { className: "ne-videos__list" })
    this.empty = h("p", { className: "ne-quiet" }, _("None yet. Add some below; readers see them in this order."))
    this.element = h("div", {}, this.list, this.empty)
    this.paint()
  }

  has(url) {
    return this.rows.some((video) => video.url === url)
  }

  add(video) {
    this.rows.push({ url: video.url, title: video.title })
    this.paint()
    announce(`${_("Added")}: ${video.title}`)
  }

  answer() {
    const inputs = [...this.list.querySelectorAll("input")]
    const nameless = inputs.find((input) => !input.value.trim())
    nameless?.setCustomValidity(_("Give it a title: readers see it as the link."))
    if (nameless && !nameless.reportValidity()) return null
    return this.rows.map(({ url }, place) => ({ url, title: inputs[place].value.trim().replace(/\s+/g, " ") }))
  }

  move(place, by) {
    const there = place + by
    if (there < 0 || there >= this.rows.length) return
    ;[this.rows[place], this.rows[there]] = [this.rows[there], this.rows[place]]
    this.paint()
    this.list.children[there].querySelector(by < 0 ? ".ne-up" : ".ne-down").focus()
    announce(`${this.rows[there].title}: ${there + 1} ${_("of")} ${this.rows.length}`)
  }

  remove(place) {
    const [gone] = this.rows.splice(place, 1)
    this.paint()
    const next = this.list.children[Math.min(place, this.rows.length - 1)]
    ;(next?.querySelector("input") || this.element.closest("dialog").querySelector("[role=combobox]")).focus()
    announce(`${_("Removed")}: ${gone.title}`)
  }

  paint() {
    this.empty.hidden = this.rows.length > 0
    this.list.replaceChildren(...this.rows.map((video, place) => this.row(video, place)))
  }

  row(video, place) {
    const title = h("input", { type: "text", value: video.title, "aria-label": `${_("Title of video")} ${place + 1}` })
    title.addEventListener("input", () => {
      title.setCustomValidity("")
      video.title = title.value
    })
    const button = (className, text, label, act) => h("button", { type: "button", className, "aria-label": `${label}: ${video.title}`, title: label, onclick: act }, text)
    return h(
      "li",
      {},
      h("div", { className: "ne-videos__what" }, title, h("small", { className: "ne-quiet" }, usualTitle(video.url))),
      h(
        "div",
        { className: "ne-buttons" },
        button("ne-up", "↑", _("Move up"), () => this.move(place, -1)),
        button("ne-down", "↓", _("Move down"), () => this.move(place, 1)),
        button("ne-remove", "×", _("Remove"), () => this.remove(place)),
      ),
    )
  }
}

/** The field below the list: an address is added with a title, words find videos used before. */
function adding(list, searchUrl) {
  const problem = h("p", { className: "ne-error", role: "alert" })
  const title = h("input", { type: "text" })
  const add = (video) => {
    problem.textContent = ""
    if (list.has(video.url)) return (problem.textContent = _("This video is in the list already."))
    if (list.rows.length >= MOST_VIDEOS) return (problem.textContent = `${MOST_VIDEOS} ${_("videos at most.")}`)
    list.add(video)
    box.input.value = title.value = ""
    box.input.focus()
  }
  const box = combobox({
    label: _("Videos used before"),
    placeholder: _("Search videos used before, or paste an address"),
    search: (text) => (!text || videoAddress(text) ? [] : usedBefore(searchUrl, text, problem)),
    render: (video) => h("span", { className: "ne-option" }, h("strong", {}, video.title), h("small", {}, `${usualTitle(video.url)} · ${video.headline}`)),
    onPick: add,
  })
  const addTyped = () => {
    const url = videoAddress(box.input.value.trim())
    if (url) return add({ url, title: title.value.trim() || usualTitle(url) })
    problem.textContent = _("Paste the video's address (https://…), or choose one from the list.")
    box.input.focus()
  }
  for (const input of [box.input, title])
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.defaultPrevented) return
      event.preventDefault() // adds; the dialog's own button ends it
      addTyped()
    })
  const wrapped = field(_("Add a video"), box.input)
  wrapped.append(box.list)
  return h(
    "fieldset",
    { className: "ne-videos__add" },
    h("legend", { className: "ne-visually-hidden" }, _("Add a video")),
    wrapped,
    field(_("Its title"), title),
    problem,
    h("button", { type: "button", onclick: addTyped }, _("Add to the list")),
  )
}

async function usedBefore(searchUrl, text, problem) {
  try {
    return (await api(searchUrl, { params: { q: text } })).results
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error
    problem.textContent = error.sentences.join(" ")
    return []
  }
}
