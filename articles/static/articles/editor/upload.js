// Pictures from this computer into the library: each with its alternative text, its progress and its errors.

import { RequestFailed, csrfToken } from "newsroom-editor/api"
import { field } from "newsroom-editor/dialog"
import { _, announce, h, nextId } from "newsroom-editor/dom"
import { altFields } from "newsroom-editor/picture-use"

/** The part of the chooser for uploading. `onChange()` hears when files are added or left out; `onUse(item)` of one that is
    in the library already and taken instead. Answers {element, add(files), send(), isEmpty(), focus()}. */
export function uploads({ url, many, onChange, onUse }) {
  let rows = []
  const done = [] // of several files one may be refused: those that went through wait for it
  const list = h("div", { className: "ne-uploads" })
  const told = h("p", { role: "status" })
  const input = h("input", { type: "file", accept: "image/*", multiple: many, className: "ne-visually-hidden" })
  const invitation = many ? _("Choose picture files…") : _("Choose a picture file…")
  const label = h("label", { className: "ne-drop" }, h("span", {}, invitation), h("small", {}, _("or drop them here")), input)
  input.addEventListener("change", () => {
    add(input.files)
    input.value = ""
  })
  const focus = () => (rows[0] || input).focus()
  const drop = (row) => {
    rows = rows.filter((one) => one !== row)
    row.element.remove()
    onChange()
    focus()
  }
  const keep = (item) => {
    done.push(item)
    told.textContent = done.length === 1 ? _("1 picture is in the library now.") : `${done.length} ${_("pictures are in the library now.")}`
  }
  const use = (row, item) => {
    drop(row)
    if (rows.length || done.length) keep(item)
    else onUse(item)
    onChange()
  }
  function add(files) {
    const pictures = [...files].filter((file) => !file.type || file.type.startsWith("image/"))
    if (pictures.length < files.length) announce(_("Only pictures can be uploaded here."))
    if (!many) for (const row of rows) drop(row)
    const added = pictures.slice(0, many ? undefined : 1).map((file) => uploadRow({ url, file, drop, use }))
    rows.push(...added)
    list.append(...added.map((row) => row.element))
    onChange()
    added[0]?.focus()
  }
  /** Upload what is described. Resolves with all items; null when something must still be said or went wrong. */
  async function send() {
    const unclear = rows.filter((row) => !row.check())
    if (unclear.length) {
      unclear[0].check() // the first of them has the focus
      return null
    }
    for (const row of [...rows]) {
      const item = await row.send()
      if (!item) continue
      rows = rows.filter((one) => one !== row)
      keep(item)
    }
    if (!rows.length) return done
    focus()
    return null
  }
  return { element: h("div", { className: "ne-upload" }, label, told, list), add, send, isEmpty: () => !rows.length && !done.length, focus }
}

function uploadRow({ url, file, drop, use }) {
  const preview = h("img", { alt: "", className: "ne-uploads__preview" })
  show(file, preview)
  const words = altFields({ label: _("Alternative text") })
  const caption = h("input", { type: "text", maxLength: 1000 })
  const credit = h("input", { type: "text", maxLength: 200 })
  const fromFile = _("Empty: taken from the file, if it says so.")
  const bar = h("progress", { max: 1, value: 0, hidden: true, "aria-label": `${_("Uploading")} ${file.name}` })
  const problem = h("div", { role: "alert", className: "ne-error" })
  const element = h(
    "fieldset",
    { className: "ne-uploads__row" },
    h("legend", {}, file.name || _("Picture from the clipboard")),
    preview,
    h(
      "div",
      {},
      words.element,
      h(
        "div",
        { className: "ne-pair" },
        field(_("Caption"), caption, { help: fromFile }),
        field(_("Credit"), credit, { help: fromFile }),
      ),
      bar,
      problem,
      h("button", { type: "button", onclick: () => drop(row) }, _("Leave this one out")),
    ),
  )
  let isAnyway = false
  async function send() {
    problem.replaceChildren()
    for (const control of [caption, credit]) control.dispatchEvent(new Event("input")) // what was wrong is sent anew
    const body = new FormData()
    body.append("file", file, file.name || "picture.png")
    const alt = words.value()
    body.append("alt", alt || "")
    if (alt === "") body.append("decorative", "on")
    body.append("caption", caption.value.trim())
    body.append("credit", credit.value.trim())
    if (isAnyway) body.append("anyway", "1")
    bar.hidden = false
    element.disabled = true
    try {
      const { picture } = await post(url, body, (part) => (bar.value = part))
      element.remove()
      return picture
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error
      explain(error)
      return null
    } finally {
      bar.hidden = true
      element.disabled = false
    }
  }
  function explain(error) {
    const { duplicate, errors } = error.data || {}
    if (error.status === 409 && duplicate) return problem.replaceChildren(offer(duplicate))
    const { alt, decorative, caption: ofCaption, credit: ofCredit, ...others } = errors || {}
    if (alt || decorative) words.complain([alt, decorative].flat().filter(Boolean).join(" "))
    complainAt(caption, ofCaption)
    complainAt(credit, ofCredit)
    const sentences = errors ? Object.values(others).flat() : error.sentences
    problem.replaceChildren(...sentences.map((sentence) => h("p", {}, sentence)))
  }
  const insist = () => {
    isAnyway = true
    problem.replaceChildren(h("p", {}, _("It will be uploaded once more.")))
    words.focus()
  }
  const offer = (item) =>
    h(
      "div",
      { className: "ne-duplicate" },
      h("img", { src: item.thumb, alt: "" }),
      h("p", {}, `${_("This picture is in the library already:")} “${item.title}”.`),
      h("button", { type: "button", className: "ne-primary", onclick: () => use(row, item) }, _("Use the one in the library")),
      h("button", { type: "button", onclick: insist }, _("Upload it all the same")),
    )
  const row = { element, send, check: words.check, focus: words.focus }
  return row
}

/** What the server refuses of a field, under it, until it is changed. */
function complainAt(control, sentences) {
  if (!sentences) return
  const error = h("p", { id: nextId("ne-error"), className: "ne-error" }, sentences.join(" "))
  const described = control.getAttribute("aria-describedby")
  control.after(error)
  control.setAttribute("aria-invalid", "true")
  control.setAttribute("aria-describedby", error.id)
  control.addEventListener("input", () => {
    error.remove()
    control.removeAttribute("aria-invalid")
    control.setAttribute("aria-describedby", described)
  }, { once: true })
}

/** A small preview. As data: the site's policy allows no blob addresses. A browser that can't read the format shows none. */
async function show(file, image) {
  try {
    const bitmap = await createImageBitmap(file)
    const width = Math.min(bitmap.width, 240)
    const canvas = h("canvas", { width, height: Math.max(1, Math.round((bitmap.height * width) / bitmap.width)) })
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    image.src = canvas.toDataURL("image/jpeg", 0.8)
  } catch {
    image.hidden = true // the server says whether it is a picture
  }
}

/** fetch() tells nothing of an upload's progress; XMLHttpRequest does. Throws RequestFailed like api(). */
function post(url, body, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open("POST", url)
    request.setRequestHeader("X-CSRFToken", csrfToken())
    request.setRequestHeader("Accept", "application/json")
    request.responseType = "json"
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(total ? loaded / total : 0))
    request.addEventListener("error", () => reject(new RequestFailed(0, {})))
    request.addEventListener("load", () => {
      const { status, response } = request
      if (status === 201 && response?.picture) resolve(response)
      // A login that ended answers with the login page, which is no JSON and no error.
      else reject(new RequestFailed(status < 400 ? 403 : status, response || {}))
    })
    request.send(body)
  })
}
