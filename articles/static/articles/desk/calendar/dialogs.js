// The dialogs of the calendar: "Move…" with day and time (the button of an entry, or M on it), and "Plan an idea".
// Without this script there are no buttons to move, and "Plan an idea" is a page of its own.

const dialog = document.getElementById("move-dialog");
const find = (selector) => dialog.querySelector(selector);
let entry = null;

function showButtons() {
  for (const button of document.querySelectorAll(".entry-move")) button.hidden = false;
}

function explain(answer) {
  const error = find(".move-error");
  error.textContent = answer?.sentence || "";
  error.hidden = !answer;
  find(".move-which").hidden = answer?.code !== "twice";
}

function ask({ entry: asked, date, time, answer }) {
  entry = asked;
  find("#move-heading").textContent = entry.from ? "Move" : "Give it a date";
  find(".move-what").textContent = entry.name;
  find("#move-date").value = date;
  find("#move-time").value = time;
  for (const one of dialog.querySelectorAll("[name=which]")) one.checked = false;
  find(".move-off").hidden = entry.kind !== "due" || !entry.from;
  explain(answer);
  dialog.showModal();
  find({ twice: "[name=which]", gap: "#move-time" }[answer?.code] || "#move-date").focus();
}

function askFor(item) {
  const { url, kind, from, date, time } = item.dataset;
  ask({ entry: { url, kind, from, id: item.id, name: item.querySelector(".entry-headline").textContent }, date, time });
}

function send(to) {
  document.dispatchEvent(
    new CustomEvent("calendar:move", {
      detail: {
        entry,
        to,
        refused: (answer) => {
          if (answer.code === "stale") {
            dialog.close();
            return false;
          }
          explain(answer);
          return true;
        },
      },
    }),
  );
}

find("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const [date, time] = [find("#move-date").value, find("#move-time").value];
  if (!date || !time) return explain({ sentence: "Give the day and the time." });
  const which = find(".move-which").hidden ? null : find("[name=which]:checked");
  send({ date, time, ...(which ? { which: Number(which.value) } : {}) });
});
find(".move-off").addEventListener("click", () => send({ to: null }));

// A change of the time makes an answer about the old one void.
for (const input of dialog.querySelectorAll("#move-date, #move-time")) input.addEventListener("input", () => explain(null));

dialog.addEventListener("close", () => document.getElementById(entry?.id)?.querySelector("a")?.focus());
document.addEventListener("calendar:ask", (event) => ask(event.detail));
document.addEventListener("calendar:shown", () => {
  dialog.close();
  showButtons();
});

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "m" || event.ctrlKey || event.metaKey || event.altKey) return;
  const item = event.target instanceof Element && event.target.closest(".entry.is-movable");
  if (!item) return;
  event.preventDefault();
  askFor(item);
});

const plan = document.getElementById("plan-dialog");

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const button = event.target.closest(".entry-move, [data-closes], [data-plan]");
  if (!button) return;
  if (button.matches(".entry-move")) return askFor(button.closest(".entry"));
  if (button.matches("[data-closes]")) return button.closest("dialog").close();
  if (!plan || event.ctrlKey || event.metaKey || event.shiftKey) return; // in a new window it is a page
  event.preventDefault();
  plan.querySelector("[name=due_date]").value = button.dataset.plan;
  plan.showModal();
  plan.querySelector("[name=headline]").focus();
});

// Pressed twice is meant once.
plan?.querySelector("form").addEventListener("submit", (event) => {
  if (event.target.dataset.isSent) return event.preventDefault();
  event.target.dataset.isSent = "yes";
});
addEventListener("pageshow", () => {
  if (plan) delete plan.querySelector("form").dataset.isSent;
});

// Kinds and people are shown at once; of sections one may choose several first.
for (const one of document.querySelectorAll(".filter-kinds input, #filter-person")) {
  one.addEventListener("change", () => one.form.requestSubmit());
}

showButtons();
