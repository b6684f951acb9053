// Making elements, counting ids, waiting: the few things that every module here needs. No dependencies.

export const _ = window.gettext || ((text) => text)

let last = 0
export const nextId = (prefix = "ne") => `${prefix}-${++last}`

/** h("a", {href, onclick, className}, "text", child, …): an element. Attributes that are null or false are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value)
    else if (name in element && !/^(list|form|role)$|-/.test(name)) element[name] = value
    else element.setAttribute(name, value === true ? "" : value)
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false))
  return element
}

/** Calls `act` once the calls have paused for `milliseconds`. */
export function debounce(act, milliseconds) {
  let timer
  return (...values) => {
    clearTimeout(timer)
    timer = setTimeout(() => act(...values), milliseconds)
  }
}

/** Say it to people who don't see the screen. Polite: it waits until what is being read has ended. */
export function announce(text) {
  let live = document.getElementById("ne-live")
  if (!live) {
    live = h("div", { id: "ne-live", role: "status", "aria-live": "polite", className: "ne-visually-hidden" })
    document.body.append(live)
  }
  live.textContent = ""
  setTimeout(() => {
    live.textContent = text
  }, 50)
}

/** A toolbar after the ARIA pattern: one stop for Tab, arrows, Home and End within, Escape calls `leave`. What is hidden
    or comes later is heeded: the controls are looked up each time. Answers a function to call when they changed. */
export function roving(toolbar, { leave } = {}) {
  const controls = () => [...toolbar.querySelectorAll("select, button")].filter((one) => one.checkVisibility?.() ?? one.offsetParent)
  let current = null
  const settle = (control = current) => {
    const all = [...toolbar.querySelectorAll("select, button")]
    current = all.includes(control) && !control.closest(".hidden") ? control : all.find((one) => !one.closest(".hidden"))
    for (const one of all) one.tabIndex = one === current ? 0 : -1
  }
  toolbar.addEventListener("focusin", (event) => settle(event.target.closest("select, button")))
  toolbar.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && leave) {
      event.preventDefault()
      event.stopPropagation()
      return leave()
    }
    const all = controls()
    const here = all.indexOf(document.activeElement)
    const there = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1 }[event.key]
    if (there === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    all[(there + all.length) % all.length]?.focus()
  })
  settle()
  return settle
}
