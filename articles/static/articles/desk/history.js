// The history's pairs: what can't be compared with the chosen one can't be chosen. Without this script the server
// puts two versions in their order by itself.

const form = document.querySelector(".past-form");

// Newest first: a row further down is earlier.
const rowOf = (radio) => radio.closest("tr").rowIndex;

function update() {
  const from = form.querySelector('input[name="old"]:checked');
  const to = form.querySelector('input[name="new"]:checked');
  for (const radio of form.querySelectorAll('input[type="radio"]')) {
    const other = radio.name === "old" ? to : from;
    const nonsense = other && (radio.name === "old" ? rowOf(radio) <= rowOf(other) : rowOf(radio) >= rowOf(other));
    radio.disabled = Boolean(nonsense) && radio.value !== "readers" && other.value !== "readers";
  }
  form.querySelector("button").disabled = !from || !to;
}

if (form) {
  form.addEventListener("change", update);
  // Back from a comparison the browser puts the choice back after the page is shown.
  addEventListener("pageshow", update);
  update();
}
