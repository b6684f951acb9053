// A card of a related article, within the text.

import { Node } from "django-prose-editor/editor"
import { articleOption, knownArticle, lookUp, searchArticles } from "newsroom-editor/article-search"
import { insertBlock, setAttributes } from "newsroom-editor/blocks"
import { combobox } from "newsroom-editor/combobox"
import { actions, field, modal } from "newsroom-editor/dialog"
import { _, announce, h } from "newsroom-editor/dom"
import { icons } from "newsroom-editor/icons"
import { moduleFrame } from "newsroom-editor/module-frame"

export const ArticleCard = Node.create({
  name: "articleCard",
  group: "block",
  atom: true,
  draggable: true,
  addOptions: () => ({ searchUrl: "" }),
  addAttributes: () => ({
    article: {
      default: null,
      parseHTML: (element) => Number(element.getAttribute("data-article-card")) || null,
      renderHTML: ({ article }) => (article ? { "data-article-card": article } : {}),
    },
  }),
  parseHTML: () => [{ tag: "aside[data-article-card]" }],
  renderHTML: ({ HTMLAttributes }) => ["aside", HTMLAttributes],

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: this.name, groups: "modules", priority: 110,
      button: buttons.svg(icons.card, _("Card of a related article")),
      command: async (editor) => {
        const article = await chooseArticle(this.options.searchUrl)
        if (!article) return
        insertBlock(editor, { type: this.name, attrs: { article: article.id } })
        announce(`${_("Card inserted")}: ${article.headline}`)
      },
    })
  },

  addNodeView() {
    const { searchUrl } = this.options
    return (view) => {
      const replace = h("button", { type: "button", className: "ne-chip" }, _("Choose another"))
      const frame = moduleFrame(view, {
        label: _("Related article"),
        className: "ne-module--card",
        buttons: [replace],
        fill(body, node) {
          const { article: number } = node.attrs
          show(body, number)
          if (number && knownArticle(number) === undefined)
            lookUp(searchUrl, [number]).then(() => frame.node().attrs.article === number && show(body, number), () => show(body, number, true))
        },
      })
      replace.addEventListener("click", async () => {
        const article = await chooseArticle(searchUrl)
        if (article) setAttributes(view.editor, view.getPos, frame.node(), { article: article.id })
      })
      return frame
    }
  },
})

function show(body, number, failed = false) {
  const article = knownArticle(number)
  body.classList.toggle("ne-missing", article === null)
  if (article === undefined) return body.replaceChildren(failed ? `#${number}: ${_("the desk could not be asked")}` : `#${number} …`)
  if (article === null) return body.replaceChildren(_("This article doesn't exist any more: readers see nothing here."))
  body.replaceChildren(
    ...(article.thumbnail ? [h("img", { src: article.thumbnail, alt: "", width: 96, height: 64 })] : []),
    h(
      "div",
      {},
      h("a", { href: article.edit_url, target: "_blank", rel: "noopener", className: "ne-module__headline" }, article.headline),
      h("p", { className: article.live ? "ne-quiet" : "ne-waiting" }, `${article.status_label} · ${article.date}`, article.live ? "" : ` · ${_("readers see it once it is out")}`),
    ),
  )
}

function chooseArticle(searchUrl) {
  return modal({
    title: _("Related article"),
    build: ({ close }) => {
      let chosen = null
      const box = combobox({
        label: _("Articles"),
        placeholder: _("Search by headline"),
        search: (text) => (chosen && text === chosen.headline ? [] : searchArticles(searchUrl, text)),
        render: articleOption,
        onPick: (article, input) => {
          chosen = article
          input.value = article.headline
          input.setCustomValidity("")
        },
      })
      box.input.required = true
      box.input.addEventListener("input", () => {
        chosen = null
        box.input.setCustomValidity("")
      })
      const wrapped = field(_("Article"), box.input)
      wrapped.append(box.list)
      const form = h("form", { className: "ne-form" }, wrapped, actions(_("Insert"), close))
      form.addEventListener("submit", (event) => {
        event.preventDefault()
        if (chosen) return close(chosen)
        box.input.setCustomValidity(_("Choose an article from the list."))
        form.reportValidity()
      })
      return form
    },
  })
}
