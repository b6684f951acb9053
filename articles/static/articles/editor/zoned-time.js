// Moments in the site's zone, whatever zone the browser is in.

function parts(moment, zone, options) {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", ...options })
  return Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]))
}

const DIGITS = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" }

/** As a datetime-local field holds it: localOf(new Date("2026-07-01T12:00Z"), "Europe/Lisbon") is "2026-07-01T13:00". */
export function localOf(moment, zone) {
  const { year, month, day, hour, minute } = parts(moment, zone, DIGITS)
  return `${year}-${month}-${day}T${hour}:${minute}`
}

/** The moment at which the zone's clocks show this, as "…+00:00". An hour that the clocks jump over is the one after. */
export function momentOf(local, zone) {
  const wanted = Date.parse(`${local}Z`)
  const offset = (at) => Date.parse(`${localOf(new Date(at), zone)}Z`) - Math.floor(at / 60000) * 60000
  const first = wanted - offset(wanted)
  return written(new Date(wanted - offset(first)))
}

/** As the body stores it. */
export const written = (moment) => `${moment.toISOString().slice(0, 19)}+00:00`

/** For people, with the zone's name. */
export function shown(moment, zone) {
  const format = { weekday: "short", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" }
  return new Intl.DateTimeFormat(document.documentElement.lang || "en-GB", { timeZone: zone, hourCycle: "h23", ...format }).format(moment)
}
