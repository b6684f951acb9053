// Dragging an entry onto another day; it keeps its time. An idea without a date becomes due on that day.

let dragged = null;

const within = (target, selector) => (target instanceof Element ? target.closest(selector) : null);

document.addEventListener("dragstart", (event) => {
  dragged = within(event.target, ".entry[draggable=true]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.querySelector(".entry-headline").textContent);
  dragged.classList.add("is-dragged");
});

function over(day) {
  for (const one of document.querySelectorAll(".is-over")) if (one !== day) one.classList.remove("is-over");
  day?.classList.add("is-over");
}

document.addEventListener("dragover", (event) => {
  const day = dragged && within(event.target, "[data-day]");
  over(day);
  if (!day) return;
  event.preventDefault(); // it may be dropped here
  event.dataTransfer.dropEffect = "move";
});

document.addEventListener("drop", (event) => {
  const day = dragged && within(event.target, "[data-day]");
  if (!day) return;
  event.preventDefault();
  const { url, kind, from, date } = dragged.dataset;
  if (day.dataset.day === date && from) return; // where it was
  const entry = { url, kind, from, name: dragged.querySelector(".entry-headline").textContent, id: dragged.id };
  const time = dragged.dataset.time;
  document.dispatchEvent(
    new CustomEvent("calendar:move", {
      detail: {
        entry,
        to: { date: day.dataset.day },
        // The clocks skip this time on that day, or have it twice: the dialog asks for another, or which.
        refused: (answer) => {
          if (answer.code !== "gap" && answer.code !== "twice") return false;
          document.dispatchEvent(new CustomEvent("calendar:ask", { detail: { entry, date: day.dataset.day, time, answer } }));
          return true;
        },
      },
    }),
  );
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  dragged = null;
  over(null);
});
