// Pictures from this computer into the library: each with its alternative text, its progress and its errors.

import { RequestFailed, csrfToken } from "newsroom-editor/api"
import { field } from "newsroom-editor/dialog"
import { _, announce, h } from "newsroom-editor/dom"
import { altFields } from "newsroom-editor/picture-use"

const FIELDS = ["file", "alt", "caption", "credit"]

/** The part of the chooser for uploading. `onChange(count)` hears how many files wait; `onDone(item)` of each that is in the
    library. Answers {element, add(files), send(), isEmpty()}. */
export function uploads({ url, many, onChange, onUse }) {
  let rows = []
  const list = h("div", { className: "ne-uploads" })
  const input = h("input", { type: "file", accept: "image/*", multiple: many, className: "ne-visually-hidden" })
  const label = h("label", { className: "ne-drop" }, h("span", {}, many ? _("Choose picture files…") : _("Choose a picture file…")), h("small", {}, _("or drop them here")), input)
  input.addEventListener("change", () => {
    add(input.files)
    input.value = ""
  })
  const drop = (row) => {
    rows = rows.filter((one) => one !== row)
    row.element.remove()
    onChange(rows.length)
    ;(rows[0] || { focus: () => input.focus() }).focus()
  }
  const use = (row, item) => {
    drop(row)
    onUse(item)
  }
  function add(files) {
    const pictures = [...files].filter((file) => !file.type || file.type.startsWith("image/"))
    if (pictures.length < files.length) announce(_("Only pictures can be uploaded here."))
    if (!many) for (const row of [...rows]) drop(row)
    const added = pictures.slice(0, many ? undefined : 1).map((file) => uploadRow({ url, file, drop, use }))
    rows.push(...added)
    list.append(...added.map((row) => row.element))
    onChange(rows.length)
    added[0]?.focus()
  }
  /** Upload what is described. Resolves with the items; null when something must still be said or went wrong. */
  async function send() {
    const unclear = rows.filter((row) => !row.check())
    if (unclear.length) {
      unclear[0].check()
      return null
    }
    const items = []
    for (const row of [...rows]) {
      const item = await row.send()
      if (item) items.push(item)
    }
    rows = rows.filter((row) => !row.isDone())
    if (!rows.length) return items
    for (const item of items) onUse(item)
    rows[0].focus()
    return null
  }
  return { element: h("div", { className: "ne-upload" }, label, list), add, send, isEmpty: () => !rows.length, focus: () => (rows[0] || input).focus() }
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
      h("div", { className: "ne-pair" }, field(_("Caption"), caption, { help: fromFile }), field(_("Credit"), credit, { help: fromFile })),
      bar,
      problem,
      h("button", { type: "button", onclick: () => drop(row) }, _("Leave this one out")),
    ),
  )
  let isDone = false
  let isAnyway = false
  async function send() {
    problem.replaceChildren()
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
      isDone = true
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
    if (errors?.alt) words.complain(errors.alt.join(" "))
    const others = errors ? Object.entries(errors).filter(([name]) => name !== "alt" || !FIELDS.includes(name)).flatMap(([, sentences]) => sentences) : error.sentences
    problem.replaceChildren(...others.map((sentence) => h("p", {}, sentence)))
  }
  const offer = (item) =>
    h(
      "div",
      { className: "ne-duplicate" },
      h("img", { src: item.thumb, alt: "" }),
      h("p", {}, `${_("This picture is in the library already:")} “${item.title}”.`),
      h("button", { type: "button", className: "ne-primary", onclick: () => use(row, item) }, _("Use the one in the library")),
      h("button", { type: "button", onclick: (event) => {
        isAnyway = true
        event.target.closest(".ne-duplicate").replaceWith(h("p", {}, _("It will be uploaded once more.")))
      } }, _("Upload it all the same")),
    )
  const row = { element, send, check: words.check, focus: words.focus, isDone: () => isDone }
  return row
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
