// A field for one picture: beside Django's search in a list stands the chooser, and what is chosen is shown.
// <select data-picture-field='{"listUrl": …}'>; data-alt-field and data-caption-field name the fields whose
// library's words are shown as what applies while they are empty.

import { RequestFailed } from "newsroom-editor/api"
import { _, announce, h } from "newsroom-editor/dom"
import { pictureInfo } from "newsroom-editor/picture-info"

for (const select of document.querySelectorAll("select[data-picture-field]")) enhance(select)

function enhance(select) {
  const urls = JSON.parse(select.dataset.pictureField)
  const image = h("img", { alt: "", hidden: true })
  const facts = h("div", {})
  const choose = h("button", { type: "button", className: "ne-chip" }, _("Choose from the library or upload…"))
  const remove = h("button", { type: "button", className: "ne-chip" }, _("Remove"))
  const box = h("div", { className: "ne-picture-field" }, image, facts, choose, " ", remove)
  ;(select.closest(".related-widget-wrapper") || select).append(box)

  choose.addEventListener("click", async () => {
    const { choosePictures } = await import("newsroom-editor/chooser")
    const chosen = await choosePictures(urls, { title: select.dataset.title || _("Lead picture"), action: _("Choose") })
    if (chosen) set(select, chosen[0].item)
  })
  remove.addEventListener("click", () => {
    set(select, null)
    announce(_("Picture removed."))
    choose.focus()
  })
  // A native event reaches jQuery's listeners, not the other way round; so this one hears both.
  window.django.jQuery(select).on("change", paint)

  async function paint() {
    const id = Number(select.value)
    remove.hidden = !id
    if (!id) return show(null)
    try {
      const item = await pictureInfo(urls.infoUrl, id)
      if (id === Number(select.value)) show(item, item ? "" : _("This picture is not in the library any more."))
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error
      show(null, error.sentences.join(" "))
    }
  }
  function show(item, problem = "") {
    image.hidden = !item?.thumb
    if (item?.thumb) image.src = item.thumb
    suggest(select.dataset.altField, item?.alt)
    suggest(select.dataset.captionField, item?.caption)
    const lines = [
      item?.credit && h("p", {}, item.credit),
      item?.needs_alt && h("p", { className: "ne-missing" }, _("The library has no alternative text for it. Write one below.")),
      item?.missing && h("p", { className: "ne-missing" }, _("This picture has no file yet. Readers see nothing here.")),
      item?.rights && h("p", { className: "ne-warning" }, item.rights),
      problem && h("p", { className: "ne-missing" }, problem),
    ]
    facts.replaceChildren(...lines.filter(Boolean))
  }
  paint()
}

function set(select, item) {
  if (item && ![...select.options].some((option) => option.value === String(item.id))) select.append(new Option(item.title, item.id))
  select.value = item ? String(item.id) : ""
  select.dispatchEvent(new Event("change", { bubbles: true }))
}

/** What the library says stands in the empty field, as what readers get. */
function suggest(name, words) {
  const field = name && document.querySelector(`[name="${name}"]`)
  if (field) field.placeholder = words ? `${_("From the library:")} ${words}` : ""
}
