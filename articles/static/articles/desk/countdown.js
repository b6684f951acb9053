// The time until a version goes live, going on where the server left off, by the server's clock.
// <time data-countdown datetime="…" data-now="…">in 3 hours 12 minutes</time>

const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]]

/** The same rule as in countdown.py: two units at most, seconds only below five minutes. */
export function until(seconds) {
  if (seconds <= 0) return "now"
  const least = seconds < 300 ? 1 : 60
  const parts = []
  for (const [name, size] of UNITS) {
    const count = Math.floor(seconds / size)
    seconds -= count * size
    if (count && size >= least && parts.length < 2) parts.push(`${count} ${name}${count === 1 ? "" : "s"}`)
  }
  return `in ${parts.join(" ")}`
}

function count(time) {
  const ahead = Date.parse(time.dataset.now) - Date.now() // the browser's clock may be wrong
  const moment = Date.parse(time.dateTime)
  const told = document.getElementById(time.dataset.tells)
  let warned = false
  const tick = () => {
    const left = Math.floor((moment - Date.now() - ahead) / 1000)
    const words = until(left)
    if (time.textContent !== words) time.textContent = words
    if (left <= 0) {
      if (told) told.textContent = "The planned version is live now."
      return
    }
    if (left <= 60 && !warned && told) {
      told.textContent = "The planned version goes live in less than a minute."
      warned = true
    }
    // By the second only near the end; else shortly after the minute that is shown changes.
    setTimeout(tick, left < 301 ? 1000 - (Date.now() % 1000) + 20 : Math.min(((left % 60) + 1) * 1000, 60000))
  }
  tick()
}

for (const time of document.querySelectorAll("time[data-countdown]")) count(time)
