// While writing: addresses of our own site become links to articles, links to what is not out are marked.

import { Plugin, pm } from "django-prose-editor/editor"
import { articleAt, isOurs, knownArticle, lookUp } from "newsroom-editor/article-search"
import { _, debounce } from "newsroom-editor/dom"

const { Decoration, DecorationSet } = pm.view
const { PluginKey } = pm.state

/** Calls visit(from, to, mark) for each piece of text that bears this mark. */
function eachLink(doc, type, visit) {
  doc.descendants((node, position) => {
    const mark = node.isText && type.isInSet(node.marks)
    if (mark) visit(position, position + node.nodeSize, mark)
  })
}

function marked(doc, type) {
  const found = []
  eachLink(doc, type, (from, to, { attrs }) => {
    const article = attrs.article ? knownArticle(attrs.article) : undefined
    if (article === undefined || article?.live) return
    const title = article
      ? `${article.headline} (${article.status_label}): ${_("readers see only the text until it is out")}`
      : _("This article doesn't exist any more: readers see only the text")
    found.push(Decoration.inline(from, to, { class: article ? "ne-link-waiting" : "ne-link-missing", title }))
  })
  return DecorationSet.create(doc, found)
}

export function watchLinks(editor, { searchUrl, hosts }, type) {
  const key = new PluginKey("newsLinks")
  const shown = new Set() // articles whose state the marks tell; a card may have asked for them before
  const askedFor = new Set() // addresses of ours; those that lead to no article are not asked again

  const learn = async (view) => {
    const numbers = new Set()
    const addresses = new Set()
    eachLink(view.state.doc, type, (_from, _to, { attrs }) => {
      if (attrs.article) numbers.add(attrs.article)
      else if (attrs.href && !askedFor.has(attrs.href) && isOurs(attrs.href, hosts)) addresses.add(attrs.href)
    })
    const news = [...numbers].filter((number) => !shown.has(number))
    if (news.length) await lookUp(searchUrl, news)
    for (const number of news) shown.add(number)
    for (const address of addresses) {
      askedFor.add(address)
      const article = await articleAt(searchUrl, address)
      if (article && !view.isDestroyed) numberLinks(view, type, address, article.id)
    }
    if (news.length && !view.isDestroyed) view.dispatch(view.state.tr.setMeta(key, true).setMeta("addToHistory", false))
  }

  return new Plugin({
    key,
    state: {
      init: (_config, state) => marked(state.doc, type),
      apply: (transaction, before, _old, state) =>
        transaction.docChanged || transaction.getMeta(key) ? marked(state.doc, type) : before,
    },
    props: { decorations: (state) => key.getState(state) },
    view: (view) => {
      // Not told when it fails: the marks are a comfort, and the server numbers the links on save anyway.
      const soon = debounce(() => !view.isDestroyed && learn(view).catch((error) => console.warn("links", error)), 300)
      soon()
      return {
        update: (view, before) => {
          if (!before.doc.eq(view.state.doc)) soon()
        },
      }
    },
  })
}

function numberLinks(view, type, address, article) {
  const { tr } = view.state
  eachLink(view.state.doc, type, (from, to, mark) => {
    if (mark.attrs.href === address && !mark.attrs.article) tr.addMark(from, to, type.create({ ...mark.attrs, article }))
  })
  if (tr.docChanged) view.dispatch(tr.setMeta("addToHistory", false).setMeta("preventAutolink", true))
}
