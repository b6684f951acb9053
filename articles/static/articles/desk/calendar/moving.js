// Moves an entry: posts it, shows the calendar anew, says what happened and offers to undo it. What wants to move
// something (dragging.js, dialogs.js) asks by an event, "calendar:move" on the document:
//   detail: {entry: {url, kind, from, name}, to: {date, time?, which?} or {to}, refused?: (answer) => handled}

const said = document.getElementById("calendar-said");
let isBusy = false;

const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);

/** The token of the login that there is now; the page's own where scripts can't read the cookie. */
const token = () => cookie("csrftoken") || document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";

async function post(url, data) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() };
  let response;
  try {
    response = await fetch(url, { method: "POST", headers, body: JSON.stringify(data), credentials: "same-origin", redirect: "manual" });
  } catch {
    return { sentence: "The server does not answer. Nothing was moved; try again." };
  }
  if (response.type === "opaqueredirect") return { sentence: "Your login has ended. Log in again; nothing was moved." };
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return { ...answer, isDone: true };
  const told = Object.values(answer.errors || {}).flat().join(" ");
  return { ...answer, sentence: told || (response.status === 403 ? "Your login may not move this." : `It was not moved (${response.status}).`) };
}

/** The same page, asked for anew: what others did meanwhile is there, too. */
async function showAnew(focusOn) {
  const response = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
  if (!response?.ok) return location.reload();
  const anew = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("calendar");
  if (!anew) return location.reload();
  document.getElementById("calendar").replaceChildren(...document.adoptNode(anew).childNodes);
  document.dispatchEvent(new CustomEvent("calendar:shown"));
  const there = focusOn.map((id) => document.getElementById(id)?.querySelector("a")).find(Boolean);
  there?.focus();
  there?.scrollIntoView({ block: "nearest" });
}

function say(text, { isError = false, undo = null } = {}) {
  said.className = `calendar-said ${isError ? "is-error" : "is-done"}`;
  said.replaceChildren(Object.assign(document.createElement("span"), { textContent: text }));
  if (undo) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: "Undo" });
    button.addEventListener("click", undo);
    said.append(" ", button);
  }
}

async function move({ entry, to, refused }, isUndo = false) {
  if (isBusy) return;
  isBusy = true;
  document.getElementById("calendar").setAttribute("aria-busy", "true");
  try {
    const answer = await post(entry.url, { kind: entry.kind, from: entry.from || null, ...to });
    if (!answer.isDone && refused?.(answer)) return;
    const number = entry.url.match(/(\d+)\/move\/$/)?.[1];
    if (answer.isDone) {
      const back = { entry: { ...entry, from: answer.undo.from }, to: { to: answer.undo.to } };
      say(isUndo ? `Undone: ${answer.message}` : answer.message, { undo: isUndo ? null : () => move(back, true) });
    } else say(answer.sentence, { isError: true });
    if (answer.isDone || answer.code === "stale") await showAnew([`${entry.kind}-${number}`, `idea-${number}`]);
  } finally {
    isBusy = false;
    document.getElementById("calendar").removeAttribute("aria-busy");
  }
}

document.addEventListener("calendar:move", (event) => move(event.detail));
