// Copies in this browser of what the server does not have yet: for each person and form one. Removed once it has it.

const PREFIX = "newsroom-unsaved:"
const MOST_COPIES = 20
const MOST_CHARACTERS = 1_000_000
const KEPT_FOR = 30 * 24 * 3600 * 1000

const keyOf = (user, form) => `${PREFIX}${user}:${form}`

function storage() {
  try {
    return window.localStorage
  } catch {
    return null // forbidden by the browser's settings
  }
}

/** True when it is kept. */
export function keep(user, form, snapshot) {
  const text = JSON.stringify(snapshot)
  if (text.length > MOST_CHARACTERS || !storage()) return false
  for (;;) {
    try {
      storage().setItem(keyOf(user, form), text)
      tidy()
      return true
    } catch {
      // Full: the oldest copy of another form makes room, as long as there is one.
      const others = keys().filter((key) => key !== keyOf(user, form))
      if (!others.length) return false
      storage().removeItem(others[0])
    }
  }
}

export const forget = (user, form) => storage()?.removeItem(keyOf(user, form))

/** This person's copies: [{form, snapshot}]. */
export function copiesOf(user) {
  const start = keyOf(user, "")
  return keys()
    .filter((key) => key.startsWith(start))
    .map((key) => ({ form: key.slice(start.length), snapshot: read(key) }))
    .filter(({ snapshot }) => snapshot?.fields)
}

function read(key) {
  try {
    return JSON.parse(storage().getItem(key))
  } catch {
    return null
  }
}

/** All copies' keys, oldest first. */
function keys() {
  const store = storage()
  if (!store) return []
  return Object.keys(store)
    .filter((key) => key.startsWith(PREFIX))
    .sort((one, other) => (read(one)?.kept_at || 0) - (read(other)?.kept_at || 0))
}

function tidy() {
  const all = keys()
  const tooOld = all.filter((key) => (read(key)?.kept_at || 0) < Date.now() - KEPT_FOR)
  for (const key of new Set([...tooOld, ...all.slice(0, Math.max(0, all.length - MOST_COPIES))])) storage().removeItem(key)
}
