// The focal point, set by a click on the picture or by the arrow keys on its mark. The two numbers stay what is saved,
// and without this script they are how it is set.

const SHAPES = [
  ["card", "Card, 3:2"],
  ["square", "Square, 1:1"],
];
const STEP = 0.01;
const LARGE_STEP = 0.1;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const frame = document.querySelector(".focal-point");
const fields = [document.getElementById("id_focal_x"), document.getElementById("id_focal_y")];
if (frame && fields.every(Boolean)) start(frame, fields);

function element(name, className, parent) {
  const made = document.createElement(name);
  made.className = className;
  parent.append(made);
  return made;
}

function start(frame, fields) {
  const picture = frame.querySelector("img");
  const saved = fields.map((field) => field.value);
  const mark = element("button", "focal-mark", frame);
  mark.type = "button";
  mark.setAttribute("aria-describedby", "focal-help");
  const side = document.createElement("div");
  side.className = "focal-side";
  frame.after(side);
  const help = element("p", "focal-help", side);
  help.id = "focal-help";
  help.textContent =
    "Click on what must stay in view when the picture is cut, or move the mark with the arrow keys (with Shift in large steps; Escape takes it back).";
  const crops = element("div", "focal-crops", side);
  const previews = SHAPES.map(([shape, name]) => preview(shape, name, picture, crops));
  const status = element("p", "focal-status", side);
  status.setAttribute("role", "status");

  const read = () => fields.map((field) => within(Number(field.value)));
  const show = () => {
    const [x, y] = read();
    mark.style.left = `${x * 100}%`;
    mark.style.top = `${y * 100}%`;
    mark.setAttribute("aria-label", `Focal point, ${said(x, y)}`);
    // The same rule by which the site cuts: this share of what is cut away goes on the left, and on top.
    for (const one of previews) one.style.objectPosition = `${x * 100}% ${y * 100}%`;
  };
  const move = (x, y) => {
    fields[0].value = within(x).toFixed(3);
    fields[1].value = within(y).toFixed(3);
    for (const field of fields) field.dispatchEvent(new Event("change", { bubbles: true }));
    show();
    status.textContent = `${said(...read())}. Not saved yet.`;
  };

  picture.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect();
    move((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    mark.focus({ preventScroll: true });
  });
  mark.addEventListener("keydown", (event) => {
    const way = ARROWS[event.key];
    if (way) {
      const step = event.shiftKey ? LARGE_STEP : STEP;
      const [x, y] = read();
      move(x + way[0] * step, y + way[1] * step);
      event.preventDefault();
    } else if (event.key === "Escape") {
      move(...saved.map(Number));
      status.textContent = "As it was.";
      event.preventDefault();
    }
  });
  for (const field of fields) field.addEventListener("input", show);
  show();
}

function preview(shape, name, picture, parent) {
  const figure = element("figure", `focal-crop focal-crop-${shape}`, parent);
  const image = element("img", "", figure);
  image.src = picture.currentSrc || picture.src;
  image.alt = "";
  element("figcaption", "", figure).textContent = name;
  return image;
}

function within(value) {
  return Number.isFinite(value) ? Math.min(Math.max(value, 0), 1) : 0.5;
}

function said(x, y) {
  return `${Math.round(x * 100)} % from the left, ${Math.round(y * 100)} % from the top`;
}
