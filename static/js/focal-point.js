/* Sets the focal point of a picture by a click or a drag on it, or with the arrow keys, and shows
   how a card is cut by it. Without this, the number fields do. */

const CARD = 3 / 2;
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const within = (value) => Math.min(1, Math.max(0, value));

/* How far into what is cut away the cut begins, in percent: 0 at the one edge, 100 at the other. */
function begins(focus, shown) {
  if (shown >= 1) return 50;
  return within((focus - shown / 2) / (1 - shown)) * 100;
}

function setUp(root) {
  const fields = ["x", "y"].map((axis) => document.getElementById(root.dataset[axis]));
  if (fields.includes(null)) return;
  const whole = root.querySelector(".whole img");
  const mark = root.querySelector(".mark");
  const cut = root.querySelector(".cut");
  const cutImage = cut.querySelector("img");
  const words = mark.querySelector("output");

  const point = () => fields.map((field) => within(Number.parseFloat(field.value) || 0));

  function show() {
    const [x, y] = point();
    mark.style.left = `${x * 100}%`;
    mark.style.top = `${y * 100}%`;
    words.value = `${Math.round(x * 100)}% from the left, ${Math.round(y * 100)}% from the top`;
    const ratio = Number(whole.getAttribute("width")) / Number(whole.getAttribute("height"));
    cutImage.style.objectPosition = `${begins(x, CARD / ratio)}% ${begins(y, ratio / CARD)}%`;
  }

  function put(...at) {
    fields.forEach((field, axis) => {
      field.value = within(at[axis]).toFixed(2);
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    show();
  }

  function follow(event) {
    const box = whole.getBoundingClientRect();
    put((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }

  for (const handle of [whole, mark]) {
    handle.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      handle.setPointerCapture(event.pointerId);
      if (handle === whole) follow(event);
      mark.focus({ preventScroll: true });
    });
    handle.addEventListener("pointermove", (event) => {
      if (handle.hasPointerCapture(event.pointerId)) follow(event);
    });
  }
  mark.addEventListener("keydown", (event) => {
    const direction = KEYS[event.key];
    if (!direction) return;
    event.preventDefault();
    const step = event.shiftKey ? 0.1 : 0.01;
    put(...point().map((value, axis) => value + direction[axis] * step));
  });
  for (const field of fields) field.addEventListener("input", show);

  mark.hidden = cut.hidden = false;
  root.classList.add("live");
  show();
}

for (const root of document.querySelectorAll(".focal-point")) setUp(root);
