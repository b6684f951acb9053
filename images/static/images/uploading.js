// Many pictures at once: dropped or chosen, one request a file, a row for each. Two go up at a time; the server decodes
// one after the other anyway.

const AT_A_TIME = 2;
const SAVE_AFTER = 600; // milliseconds without a key

const panel = document.querySelector(".picture-upload");
if (panel) start(panel);

function start(panel) {
  const form = panel.querySelector(".picture-drop");
  const input = form.querySelector('input[type="file"]');
  const rows = panel.querySelector(".picture-rows");
  const status = panel.querySelector(".picture-upload-status");
  const token = form.elements.csrfmiddlewaretoken.value;
  const queue = [];
  let running = 0;
  const sum = { stored: 0, there: 0, failed: 0, of: 0 };

  panel.classList.add("picture-upload-lively");
  panel.querySelector(".picture-drop-hint").hidden = !panel.classList.contains("picture-upload-on-list");

  const add = (files) => {
    for (const file of files) {
      const row = document.createElement("li");
      row.className = "picture-row picture-row-waiting";
      row.innerHTML =
        '<div class="picture-row-words"><p class="picture-row-title"></p><progress max="1" value="0"></progress><p class="picture-row-said"></p></div>';
      row.querySelector(".picture-row-title").textContent = file.name;
      row.querySelector("progress").setAttribute("aria-label", file.name);
      rows.prepend(row);
      sum.of += 1;
      queue.push({ file, row, anyway: form.elements.anyway.checked });
    }
    next();
  };

  const next = () => {
    tell();
    while (running < AT_A_TIME && queue.length) {
      running += 1;
      const job = queue.shift();
      upload(job).finally(() => {
        running -= 1;
        next();
      });
    }
  };

  const tell = () => {
    if (!sum.of) return;
    const done = sum.stored + sum.there + sum.failed;
    const parts = [`${done} of ${sum.of} done`];
    if (sum.there) parts.push(`${sum.there} already in the library`);
    if (sum.failed) parts.push(`${sum.failed} failed`);
    status.textContent = `${parts.join(", ")}.`;
  };

  const upload = async (job) => {
    const { file, row, anyway } = job;
    if (file.size > Number(panel.dataset.mostBytes)) {
      return fail(job, `This file is larger than ${panel.dataset.mostMegabytes} MB. Make it smaller first.`, false);
    }
    const data = new FormData();
    data.append("file", file);
    if (anyway) data.append("anyway", "1");
    let answer;
    try {
      answer = await send(panel.dataset.uploadOne, token, data, (share) => {
        row.querySelector("progress").value = share;
        if (share === 1) said(row, "Making its sizes …");
      });
    } catch {
      return fail(job, "The connection broke off.", true);
    }
    if (answer.body?.row) {
      const done = fragment(answer.body.row);
      row.replaceWith(done);
      if (answer.status === 409) {
        sum.there += 1;
        again(done.querySelector(".picture-anyway-button"), () => {
          sum.there -= 1;
          retry({ file, row: done, anyway: true });
        });
      } else {
        sum.stored += 1;
        remember(answer.body.picture.id);
      }
    } else if (answer.body?.errors) {
      fail(job, Object.values(answer.body.errors).flat().join(" "), false);
    } else {
      const sentence = answer.status === 200 || answer.status === 403 ? "Log in again, in another tab." : `The server answered ${answer.status}.`;
      fail(job, sentence, true);
    }
  };

  const fail = (job, sentence, mayTryAgain) => {
    sum.failed += 1;
    job.row.classList.remove("picture-row-waiting");
    job.row.classList.add("picture-row-failed");
    job.row.querySelector("progress")?.remove();
    said(job.row, sentence);
    if (!mayTryAgain) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = "Try again";
    job.row.querySelector(".picture-row-words").append(button);
    again(button, () => {
      sum.failed -= 1;
      retry(job);
    });
  };

  const retry = ({ file, row, anyway }) => {
    row.remove();
    sum.of -= 1;
    const before = form.elements.anyway.checked;
    form.elements.anyway.checked = anyway;
    add([file]);
    form.elements.anyway.checked = before;
  };

  // Only on the page itself, whose address names its pictures: loading it again shows them again.
  const remember = (id) => {
    if (panel.classList.contains("picture-upload-on-list")) return;
    const address = new URL(location.href);
    const shown = (address.searchParams.get("pictures") || "").split(",").filter(Boolean);
    address.search = `?pictures=${[id, ...shown].slice(0, 100).join(",")}`;
    history.replaceState(null, "", address);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    choose();
  });
  input.addEventListener("change", () => choose());
  const choose = () => {
    add([...input.files]);
    input.value = "";
  };
  drop(panel, add);
  addEventListener("beforeunload", (event) => {
    if (running || queue.length) event.preventDefault();
  });
  rows.addEventListener("input", (event) => later(event.target.closest(".picture-words")));
  rows.addEventListener("change", (event) => save(event.target.closest(".picture-words")));
  rows.addEventListener("submit", (event) => {
    event.preventDefault();
    save(event.target.closest(".picture-words"));
  });
}

function said(row, sentence) {
  row.querySelector(".picture-row-said").textContent = sentence;
}

function again(button, act) {
  button.hidden = false;
  button.addEventListener("click", act, { once: true });
}

function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

// Files may be dropped anywhere on the page: beside the zone, the browser would leave the page for the picture.
function drop(panel, add) {
  const brings = (event) => event.dataTransfer?.types.includes("Files");
  let depth = 0;
  const mark = (on) => document.body.classList.toggle("picture-dropping", on);
  document.addEventListener("dragenter", (event) => {
    if (brings(event)) mark(++depth > 0);
  });
  document.addEventListener("dragleave", (event) => {
    if (brings(event)) mark(--depth > 0);
  });
  document.addEventListener("dragover", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  });
  document.addEventListener("drop", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    depth = 0;
    mark(false);
    add([...event.dataTransfer.files]);
    panel.scrollIntoView({ block: "nearest" });
  });
}

// fetch can't tell how much of a file has gone up.
function send(address, token, data, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("X-CSRFToken", token);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    });
    request.addEventListener("load", () => resolve({ status: request.status, body: request.response }));
    request.addEventListener("error", reject);
    request.addEventListener("abort", reject);
    request.send(data);
  });
}

// --- the words of a row save themselves ------------------------------------------------------------------------

const timers = new WeakMap();

function later(form) {
  if (!form) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => save(form), SAVE_AFTER));
}

const saving = new WeakMap();

// One save after the other, so that an older one can't overtake a newer.
function save(form) {
  if (!form) return;
  clearTimeout(timers.get(form));
  saving.set(form, (saving.get(form) || Promise.resolve()).then(() => saveNow(form)));
}

async function saveNow(form) {
  const status = form.querySelector(".picture-words-status");
  status.textContent = "Saving …";
  let response;
  let body;
  try {
    response = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
    });
    body = await response.json();
  } catch {
    status.textContent = response ? "Not saved: log in again, in another tab." : "Not saved: the connection broke off. Press Save to try again.";
    return;
  }
  const errors = body.errors || {};
  for (const field of form.querySelectorAll("[data-field]")) {
    const sentences = errors[field.dataset.field] || [];
    field.querySelector(".picture-word-error").textContent = sentences.join(" ");
  }
  if (!response.ok) {
    status.textContent = ["Not saved.", ...(errors.__all__ || [])].join(" ");
    return;
  }
  status.textContent = "Saved.";
  const row = form.closest(".picture-row");
  row.querySelector("[data-needs-alt]").hidden = !body.picture.needs_alt;
  row.querySelector(".picture-row-title a").textContent = body.picture.title;
}
