/* The screen of suggestions by single keys. What a key does is what its button posts; the answer is
   the screen with the next name, of which the parts that changed are shown. */
const queue = document.getElementById("queue");
const front = document.getElementById("front");
const said = document.getElementById("said");
const undo = document.getElementById("undo");
const keys = document.getElementById("keys");
const keysOn = document.getElementById("keys-on");
const helpButton = document.getElementById("help-button");
const PAUSE = 250; // milliseconds after the last key

let isWaiting = false; // nothing is decided about while nothing new is in front
let finding = 0;

async function read(address, options = {}) {
  const answer = await fetch(address, { ...options, headers: { "X-Requested-With": "fetch" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok || !page.getElementById("front")) throw new Error(answer.statusText);
  return page;
}

function wait(isSo) {
  isWaiting = isSo;
  front.setAttribute("aria-busy", isSo);
}

/* Takes over what an answer says: what was done, what can be undone, what waits, and what is in
   front now. */
function take(page) {
  said.replaceChildren(...page.getElementById("said").childNodes);
  document.getElementById("tabs").replaceWith(page.getElementById("tabs"));
  const step = page.getElementById("undo");
  undo.hidden = step.hidden;
  undo.elements.key.value = step.querySelector("[name=key]").value;
  undo.querySelector("button").title = step.querySelector("button").title;
  const drawn = page.getElementById("front");
  front.dataset.address = drawn.dataset.address;
  front.replaceChildren(...drawn.childNodes);
  history.replaceState(null, "", front.dataset.address);
  document.getElementById("in-front").focus({ preventScroll: true });
  queue.scrollIntoView();
}

async function go(address, options) {
  if (isWaiting) return;
  wait(true);
  try {
    take(await read(address, options));
  } catch {
    said.textContent = options
      ? "This was not done: the desk cannot be reached, or refuses it. Load the page again to see how it stands."
      : "The desk cannot be reached.";
  }
  wait(false);
}

queue.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  event.preventDefault();
  if (form.id === "find") find();
  else if (form.method === "get") go(`${form.action}?${new URLSearchParams(new FormData(form))}`);
  else go(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, submitter)) });
});

queue.addEventListener("click", (event) => {
  const link = event.target.closest(".walk a, .names a, #tabs a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.href);
});

/* Whom it means: others are found while they are typed; what is ticked stays. */
async function find() {
  clearTimeout(finding);
  const form = document.getElementById("find");
  const sought = document.getElementById("find-box").value;
  try {
    const page = await read(`${form.action}?${new URLSearchParams(new FormData(form))}`);
    const box = document.getElementById("find-box");
    if (!box || box.value !== sought) return;
    document.querySelector("#whom ol").replaceWith(page.querySelector("#whom ol"));
  } catch {
    said.textContent = "Nobody could be looked for: the desk cannot be reached.";
  }
}

queue.addEventListener("input", ({ target }) => {
  if (target.id === "find-box") {
    clearTimeout(finding);
    finding = setTimeout(find, PAUSE);
  } else if (target.name === "new_name") {
    target.closest("li").querySelector("[name=choice]").checked = true;
  } else if (target.name === "mention" && target.type === "checkbox") countTicked();
});

const ticks = () => [...front.querySelectorAll(".sentences [name=mention]")];

function countTicked() {
  const count = ticks().filter(({ checked }) => checked).length;
  document.getElementById("ticked").textContent = count ? ` (${count})` : "";
  front.querySelector(`[name=scope][value=${count ? "ticked" : "all"}]`).checked = true;
}

function step(by) {
  const all = ticks();
  const now = all.indexOf(document.activeElement);
  all[now < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(now + by, 0), all.length - 1)]?.focus();
}

function tick(boxes, isSo) {
  for (const box of boxes) box.checked = isSo;
  if (boxes.length) countTicked();
}

function press(key) {
  if (/^[1-9]$/.test(key)) {
    const choice = front.querySelectorAll("#whom [name=choice]:not([value=new])")[key - 1];
    if (!choice) return false;
    choice.checked = true;
    choice.focus();
    return true;
  }
  const button = front.querySelector(`[data-key="${key.toUpperCase()}"]`);
  const now = ticks().find((box) => box === document.activeElement) ?? ticks()[0];
  if (button?.type === "radio") {
    button.checked = true;
    button.focus();
  } else if (button) button.click();
  else if (key === "f") document.getElementById("find-box")?.select();
  else if (key === "w") document.getElementById("reason")?.focus();
  else if (key === "x" && now) {
    tick([now], !now.checked);
    now.focus();
  } else if (key === "t") tick(ticks(), !ticks().every(({ checked }) => checked));
  else if (key === "u" && !undo.hidden) undo.requestSubmit();
  else if (key === "?") keys.showModal();
  else if (key === "j" || key === "k") front.querySelector(`.walk [aria-keyshortcuts="${key.toUpperCase()}"]`)?.click();
  else return false;
  return true;
}

const isField = (element) =>
  element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName) || element.matches("input:not([type=checkbox], [type=radio])");

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (keys.open || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const isIn = front.contains(target);
  if (isIn && key === "Escape") {
    event.preventDefault();
    document.getElementById("in-front").focus();
  } else if (isIn && isField(target) && key === "Enter" && (target.id === "reason" || target.name === "new_name")) {
    event.preventDefault(); // The next key decides.
    document.getElementById("in-front").focus();
  } else if (target.id === "find-box" && key === "Enter") {
    event.preventDefault();
    find().then(() => front.querySelector(".found [name=choice]")?.focus());
  } else if (!keysOn.checked || isField(target)) {
    return;
  } else if ((key === "ArrowDown" || key === "ArrowUp") && target.type !== "radio" && ticks().length) {
    event.preventDefault();
    step(key === "ArrowDown" ? 1 : -1);
  } else if (/^[a-z1-9?]$/i.test(key) && press(key.toLowerCase())) event.preventDefault();
});

helpButton.hidden = false;
helpButton.addEventListener("click", () => keys.showModal());
keysOn.checked = localStorage.getItem("queue-keys") !== "off";
keysOn.addEventListener("change", () => localStorage.setItem("queue-keys", keysOn.checked ? "on" : "off"));
document.getElementById("in-front").focus({ preventScroll: true });
