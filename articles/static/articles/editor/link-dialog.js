// The dialog for a link: an article of ours by its headline, or an address.

import { articleAt, articleOption, isOurs, knownArticle, searchArticles } from "newsroom-editor/article-search"
import { combobox } from "newsroom-editor/combobox"
import { actions, field, modal } from "newsroom-editor/dialog"
import { _, h } from "newsroom-editor/dom"

const LOOKS_LIKE_ADDRESS = /^(?:https?:|mailto:|tel:|\/|#|www\.)/i

/** What was typed as an address that may stand in a link; null when it is none. */
export function addressFrom(text) {
  if (/^(?:https?:\/\/\S+|mailto:\S+|tel:[\d+(). -]+)$/i.test(text)) return text
  if (/^[/#](?![/\\])\S*$/.test(text)) return text
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`
  return /^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?$/.test(text) ? `https://${text}` : null
}

/** What other relations a link has stays. */
function relations(rel, sponsored) {
  const others = (rel || "").split(/\s+/).filter((token) => token && token !== "sponsored" && token !== "nofollow")
  if (sponsored) return ["sponsored", "nofollow", ...others].join(" ")
  return (/sponsored/.test(rel || "") ? others.join(" ") : rel) || null
}

/** Resolves with {href, article, rel, text}, with {remove: true}, or with null. `text` is asked for when there are no
    words yet that could bear the link. */
export function linkDialog(options, attributes, { asksText, isLink }) {
  return modal({
    title: isLink ? _("Edit link") : _("Link"),
    className: "ne-link-dialog",
    build: ({ close }) => {
      const target = targetField(options, attributes)
      const text = asksText ? h("input", { type: "text", required: true }) : null
      target.onArticle = (article) => {
        if (text && !text.value) text.value = article.headline
      }
      const sponsored = h("input", { type: "checkbox", checked: /sponsored/.test(attributes.rel || "") })
      const buttons = actions(_("Apply"), close)
      if (isLink)
        buttons.append(h("button", { type: "button", className: "ne-danger", onclick: () => close({ remove: true }) }, _("Remove link")))
      const form = h(
        "form",
        { className: "ne-form" },
        target.element,
        text && field(_("Words of the link"), text),
        h("div", { className: "ne-check" }, h("label", {}, sponsored, " ", _("Affiliate or sponsored link"))),
        buttons,
      )
      form.addEventListener("submit", (event) => {
        event.preventDefault()
        const chosen = target.value()
        if (!chosen) return form.reportValidity()
        close({ ...chosen, rel: relations(attributes.rel, sponsored.checked), text: text?.value.trim() })
      })
      return form
    },
  })
}

/** The field with its suggestions, what it found, and a way to look at it. */
function targetField(options, { href, article: number }) {
  let article = number ? knownArticle(number) || { id: number, url: href || "" } : null
  const told = h("span", {})
  const open = h("a", { target: "_blank", rel: "noopener", hidden: true }, _("Open in a new tab"))
  const box = combobox({
    label: _("Articles"),
    placeholder: _("Search articles, or paste an address"),
    search: async (text) => {
      if (article && text === (article.headline || article.url)) return []
      if (!LOOKS_LIKE_ADDRESS.test(text)) return searchArticles(options.searchUrl, text)
      const found = isOurs(text, options.hosts) && (await articleAt(options.searchUrl, text))
      if (found && box.input.value.trim() === text) choose(found, { keep: true })
      return []
    },
    render: articleOption,
    onPick: (found) => choose(found),
  })
  const self = {
    onArticle: () => {},
    element: null,
    value() {
      const typed = box.input.value.trim()
      if (article) return { href: article.url || href || null, article: article.id }
      const address = addressFrom(typed)
      box.input.setCustomValidity(address ? "" : _("Choose an article from the list, or give an address like https://example.org/."))
      return address ? { href: address, article: null } : null
    },
  }
  const paint = () => {
    told.textContent = article ? aboutArticle(article) : ""
    const address = article ? (article.live ? article.url : article.edit_url || article.url) : addressFrom(box.input.value.trim())
    open.hidden = !address
    if (address) open.href = address
  }
  const choose = (found, { keep = false } = {}) => {
    article = found
    if (!keep) box.input.value = found.headline
    box.input.setCustomValidity("")
    self.onArticle(found)
    paint()
  }
  box.input.value = article ? article.headline || article.url : href || ""
  box.input.required = true
  box.input.addEventListener("input", () => {
    article = null
    box.input.setCustomValidity("")
    paint()
  })
  const wrapped = field(_("Article or address"), box.input)
  wrapped.append(box.list, h("p", { className: "ne-help", role: "status" }, told, " ", open))
  self.element = wrapped
  paint()
  return self
}

function aboutArticle(article) {
  const parts = [article.headline, article.status_label, article.date].filter(Boolean).join(" · ")
  if (article.live === false) return `${_("Our article")}: ${parts}. ${_("Readers see only the text until it is out.")}`
  return `${_("Our article")}: ${parts}`
}
