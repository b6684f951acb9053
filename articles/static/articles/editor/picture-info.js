// What the library knows of a picture, asked for once: all that a text shows in one request.

import { api } from "newsroom-editor/api"

const AT_ONCE = 100 // the server answers 200 at most
const known = new Map() // id -> item, or null for one that is not in the library any more
let waiting = new Map() // id -> functions to call with the item

/** What a chooser or an upload already told. */
export const remember = (item) => known.set(item.id, item)

/** The library's item; null when there is none any more; rejects when the library can't be asked. */
export function pictureInfo(url, id) {
  if (known.has(id)) return Promise.resolve(known.get(id))
  if (!waiting.size) setTimeout(() => ask(url), 20)
  return new Promise((resolve, reject) => waiting.set(id, [...(waiting.get(id) || []), { resolve, reject }]))
}

function ask(url) {
  const asked = [...waiting]
  waiting = new Map()
  for (let start = 0; start < asked.length; start += AT_ONCE) answer(url, asked.slice(start, start + AT_ONCE))
}

async function answer(url, asked) {
  try {
    const { results } = await api(url, { params: { ids: asked.map(([id]) => id).join(",") } })
    for (const [id] of asked) known.set(id, null)
    for (const item of results) remember(item)
    for (const [id, calls] of asked) for (const { resolve } of calls) resolve(known.get(id))
  } catch (error) {
    for (const [, calls] of asked) for (const { reject } of calls) reject(error)
  }
}

/** Does this picture, used like this, still lack an alternative text? */
export const lacksAlt = (alt, item) => alt === null && Boolean(item?.needs_alt)
