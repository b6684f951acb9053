// A decorative picture has no alternative text: the field rests while the box is ticked, and keeps what was typed.

function follow(tick) {
  const alt = tick.form?.querySelector('[name$="alt"]');
  if (alt) alt.disabled = tick.checked;
}

const TICK = 'input[type="checkbox"][name$="decorative"]';
document.querySelectorAll(TICK).forEach(follow);
document.addEventListener("change", (event) => {
  if (event.target.matches(TICK)) follow(event.target);
});
// Rows that come later, from an upload.
new MutationObserver((changes) => {
  for (const change of changes) {
    for (const node of change.addedNodes) {
      if (node.nodeType === Node.ELEMENT_NODE) node.querySelectorAll(TICK).forEach(follow);
    }
  }
}).observe(document.body, { childList: true, subtree: true });
