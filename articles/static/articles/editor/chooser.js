// The dialog in which pictures are chosen: from the library, or uploaded into it on the spot.

import { modal } from "newsroom-editor/dialog"
import { _, announce, h, nextId } from "newsroom-editor/dom"
import { library } from "newsroom-editor/library"
import { remember } from "newsroom-editor/picture-info"
import { altFields } from "newsroom-editor/picture-use"
import { uploads } from "newsroom-editor/upload"

/** Opens the chooser. Resolves with an array of {item, alt, caption}, or with null when nothing was chosen.
    `urls` are {listUrl, uploadUrl}, without uploadUrl nothing can be uploaded; `many`: several at once; `files`: to be
    uploaded; `asks`: whether the alternative text and the caption for this use are asked for; `action` is what the
    button says. */
export function choosePictures(urls, { title = _("Picture"), action = _("Insert"), many = false, files = null, asks = false } = {}) {
  const build = ({ close, dialog }) => chooser(urls, { action, many, files, asks, close, dialog })
  return modal({ title, className: "ne-chooser", build })
}

function chooser({ listUrl, uploadUrl }, { action, many, files, asks, close, dialog }) {
  let chosen = []
  let use = null
  const mayUpload = Boolean(uploadUrl)
  const refuse = () => {
    aside.replaceChildren(h("p", { className: "ne-warning", role: "alert" }, _("Your login may not add pictures. Choose one from the library.")))
    paint()
  }
  const aside = h("div", { className: "ne-chosen" })
  const submit = h("button", { type: "submit", className: "ne-primary" }, action)
  const upload = uploads({
    url: uploadUrl,
    many: many || asks, // one picture of the library is described at a time; of files each has its own fields
    onChange: paint,
    onUse: (item) => {
      shelf.choose(item)
      tabs.show(0)
    },
  })
  const shelf = library({
    url: listUrl,
    many,
    onChange: (items) => {
      chosen = items
      use = asks && !many && chosen.length ? useOf(chosen[0]) : null
      aside.replaceChildren(...(use ? [use.element] : many ? [counted(chosen)] : []))
      paint()
    },
    onTake: () => form.requestSubmit(),
    onUpload: mayUpload ? () => tabs.show(1) : null,
  })
  const tabs = tabbed([[_("Library"), shelf], ...(mayUpload ? [[_("Upload"), upload]] : [])], () => paint())
  const form = h(
    "form",
    { className: "ne-chooser__form", noValidate: true },
    tabs.element,
    aside,
    h("div", { className: "ne-actions" }, submit, h("button", { type: "button", onclick: () => close(null) }, _("Cancel"))),
  )
  function paint() {
    const isUploading = tabs.at() === 1
    submit.textContent = isUploading ? `${_("Upload")} & ${action.toLowerCase()}` : action
    aside.hidden = isUploading || !aside.hasChildNodes()
    submit.setAttribute("aria-disabled", String(isUploading ? upload.isEmpty() : !chosen.length))
  }
  async function send() {
    if (upload.isEmpty()) return announce(_("Choose a file first."))
    const items = await upload.send()
    if (!items) return paint()
    for (const item of items) remember(item)
    announce(_("Uploaded."))
    close([...(many ? chosen : []), ...items].map((item) => ({ item, alt: null, caption: item.caption })))
  }
  let isBusy = false
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    if (isBusy) return
    if (tabs.at() === 1) {
      isBusy = true
      submit.disabled = true
      await send().finally(() => {
        isBusy = false
        submit.disabled = false
      })
    } else if (!chosen.length) announce(_("Choose a picture first."))
    else if (!use) close(chosen.map((item) => ({ item, alt: null, caption: item.caption })))
    else if (use.check()) close([{ item: chosen[0], ...use.value() }])
  })
  acceptDrops(dialog, (dropped) => {
    if (!mayUpload) return refuse()
    tabs.show(1)
    upload.add(dropped)
  })
  shelf.load()
  paint()
  // Once the dialog is open: before that nothing can have the focus.
  setTimeout(() => {
    if (!files?.length) return shelf.focus()
    if (!mayUpload) return refuse()
    tabs.show(1)
    upload.add(files)
  })
  return form
}

const counted = (items) => h("p", { role: "status" }, items.length === 1 ? _("1 picture chosen") : `${items.length} ${_("pictures chosen")}`)

/** The picture that is chosen, and what is said of it in this text. */
function useOf(item) {
  const words = altFields({ library: item.alt, isOptional: !item.needs_alt })
  const facts = [item.credit, `${item.width} × ${item.height}`].filter(Boolean).join(" · ")
  const caption = h("textarea", { rows: 2, maxLength: 1000, value: item.caption || "", id: nextId("ne-field") })
  return {
    element: h(
      "div",
      { className: "ne-use" },
      h("img", { src: item.thumb, alt: "" }),
      h("p", { className: "ne-use__facts" }, h("strong", {}, item.title), h("br"), facts),
      item.rights && h("p", { className: "ne-warning" }, item.rights),
      words.element,
      h("div", { className: "ne-field" }, h("label", { htmlFor: caption.id }, _("Caption in this article")), caption),
    ),
    check: words.check,
    value: () => ({ alt: words.value(), caption: caption.value.trim() }),
  }
}

function tabbed(parts, onShow) {
  let at = 0
  const tabs = parts.map(([label], place) =>
    h("button", { type: "button", role: "tab", id: nextId("ne-tab"), "aria-controls": nextId("ne-panel"), onclick: () => show(place) }, label),
  )
  const panels = parts.map(([, { element }], place) =>
    h("div", { role: "tabpanel", id: tabs[place].getAttribute("aria-controls"), "aria-labelledby": tabs[place].id }, element),
  )
  const list = h("div", { role: "tablist", className: "ne-tabs", "aria-label": _("Where from"), hidden: parts.length < 2 }, tabs)
  const paint = () => {
    for (const [place, tab] of tabs.entries()) {
      tab.setAttribute("aria-selected", String(place === at))
      tab.tabIndex = place === at ? 0 : -1
      panels[place].hidden = place !== at
    }
  }
  const show = (place) => {
    at = place
    paint()
    onShow()
    parts[place][1].focus()
  }
  list.addEventListener("keydown", (event) => {
    const there = { ArrowRight: at + 1, ArrowLeft: at - 1 }[event.key]
    if (there === undefined) return
    show((there + tabs.length) % tabs.length)
    tabs[at].focus()
  })
  paint()
  return { element: h("div", { className: "ne-chooser__parts" }, list, panels), show, at: () => at }
}

function acceptDrops(dialog, take) {
  dialog.addEventListener("dragover", (event) => event.preventDefault())
  dialog.addEventListener("drop", (event) => {
    event.preventDefault()
    if (event.dataTransfer?.files.length) take(event.dataTransfer.files)
  })
}
