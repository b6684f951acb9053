// Keeps the offset beside a date and time true while one types: a day in summer has another than today.

const clocks = new Map()

function minutesAhead(zone, moment) {
  if (!clocks.has(zone)) {
    const digits = Object.fromEntries(["year", "month", "day", "hour", "minute", "second"].map((part) => [part, "numeric"]))
    clocks.set(zone, new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", era: "short", ...digits }))
  }
  const part = Object.fromEntries(clocks.get(zone).formatToParts(moment).map(({ type, value }) => [type, Number(value)]))
  const shown = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second)
  return Math.round((shown - Math.floor(moment / 1000) * 1000) / 60000)
}

/** The offset, in minutes, that the zone's clocks have when they show this. */
function offsetOf(local, zone) {
  const shown = Date.parse(`${local}Z`)
  const first = minutesAhead(zone, shown)
  return minutesAhead(zone, shown - first * 60000)
}

function named(minutes) {
  if (!minutes) return "UTC"
  const rest = Math.abs(minutes) % 60
  return `UTC${minutes > 0 ? "+" : "−"}${Math.floor(Math.abs(minutes) / 60)}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`
}

/** As typed, or as Django's calendar writes it in this language; "" for what is no date. */
function isoDate(text) {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return text
  const format = window.get_format?.("DATE_INPUT_FORMATS")
  const date = format && text ? text.strptime(typeof format === "string" ? format : format[0]) : null
  return date && !Number.isNaN(+date) ? date.toISOString().slice(0, 10) : ""
}

function paint(box) {
  const label = box.querySelector(".zoned-time-zone")
  const { zone } = box.dataset
  if (box.querySelector(".zoned-time-which")) return // the two answers say theirs
  const date = isoDate(box.querySelector(".vDateField").value.trim())
  const time = box.querySelector(".vTimeField").value.trim()
  if (!date || !/^\d\d:\d\d(:\d\d)?$/.test(time) || Number.isNaN(Date.parse(`${date}T${time}Z`))) return
  const offset = named(offsetOf(`${date}T${time}`, zone))
  const text = zone === "UTC" ? offset : `${zone}, ${offset}`
  if (label.textContent !== text) label.textContent = text
}

for (const kind of ["input", "change", "focusin", "click"])
  document.addEventListener(kind, () => {
    // Django's shortcuts (Today, Noon, the calendar) set a value without an event.
    requestAnimationFrame(() => {
      for (const box of document.querySelectorAll(".zoned-time")) paint(box)
    })
  })
