// Asking the desk for articles: by words, by numbers (many editors' blocks, one request), by an address of ours.

import { api, RequestFailed } from "newsroom-editor/api"
import { announce, h } from "newsroom-editor/dom"

const known = new Map() // number → what the desk told, null when there is no such article
let asked = new Set()
let answer = null

/** What is known of an article: undefined until it was asked for. */
export const knownArticle = (number) => known.get(Number(number))

export function remember(article) {
  known.set(article.id, article)
}

/** Resolves once all these numbers are known; what is asked within a moment goes out together. */
export function lookUp(url, numbers) {
  const unknown = numbers.map(Number).filter((number) => !known.has(number))
  if (!unknown.length) return Promise.resolve()
  for (const number of unknown) asked.add(number)
  answer ||= new Promise((resolve) => setTimeout(resolve, 30)).then(() => fetchAsked(url))
  return answer
}

async function fetchAsked(url) {
  const numbers = [...asked]
  asked = new Set()
  answer = null
  for (let start = 0; start < numbers.length; start += 100) {
    const some = numbers.slice(start, start + 100)
    const { results } = await api(url, { params: { ids: some.join(",") } })
    results.forEach(remember)
    for (const number of some) if (!known.has(number)) known.set(number, null)
  }
}

/** For a combobox. An error is told, not thrown: the person goes on typing. */
export const searchArticles = (url, text) => results(url, { q: text })

/** The article at an address of our site; null when there is none. */
export const articleAt = async (url, address) => (await results(url, { url: address }))[0] || null

async function results(url, params) {
  try {
    const data = await api(url, { params })
    data.results.forEach(remember)
    return data.results
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error
    announce(error.sentences.join(" "))
    return []
  }
}

/** An article in a list of suggestions. */
export const articleOption = (article) =>
  h(
    "span",
    { className: "ne-option" },
    h("strong", {}, article.headline),
    h("small", {}, [article.status_label, article.date].join(" · ")),
  )

/** Is this an address of our own site, as far as the browser can tell? The server decides. */
export function isOurs(address, hosts) {
  if (/^\/(?![/\\])/.test(address)) return true
  let url
  try {
    url = new URL(address)
  } catch {
    return false
  }
  if (!/^https?:$/.test(url.protocol)) return false
  const ours = (name) => name === url.hostname || (name.startsWith(".") && `.${url.hostname}`.endsWith(name))
  return url.host === location.host || hosts.some(ours)
}
