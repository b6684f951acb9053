// The aside's panels stay as this person left them: open or closed, for every article.

const KEY = "newsroom.desk.panels"

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) || {}
  } catch {
    return {} // a browser that keeps nothing, or something else under our name
  }
}

export function rememberPanels() {
  const panels = document.querySelectorAll("details[data-panel]")
  const states = remembered()
  for (const panel of panels) {
    const name = panel.dataset.panel
    // One with an error in it, or that the address leads to, is open, whatever was remembered.
    const isWanted = location.hash === `#${panel.id}` || panel.querySelector(".errors, .errorlist")
    if (name in states && !isWanted) panel.open = states[name]
    // A click, not `toggle`: what opens by itself ("Take me there") is not what the person chose.
    panel.querySelector("summary").addEventListener("click", () => {
      try {
        localStorage.setItem(KEY, JSON.stringify({ ...remembered(), [name]: !panel.open }))
      } catch {
        // Private mode: nothing is remembered.
      }
    })
  }
}
