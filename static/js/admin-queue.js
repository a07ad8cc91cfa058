/* The moderators' queue by single keys. What a key does is what its button posts; the answer is the
   queue's page with the next comment, of which the parts that changed are shown. The page after it
   is asked for ahead, so that a decision shows the next comment at once. */
const queue = document.getElementById("queue");
const front = document.getElementById("front");
const said = document.getElementById("said");
const undo = document.getElementById("undo");
const keys = document.getElementById("keys");
const keysOn = document.getElementById("keys-on");
const helpButton = document.getElementById("help-button");

let ahead = null; // what comes next, read: its address and its part of the page
let isWaiting = false; // nothing is decided about while nothing new is in front
let moves = 0; // how often another comment came in front
let sending = Promise.resolve(); // one after the other, or an undo could be lost

async function read(address, options = {}) {
  const answer = await fetch(address, { ...options, headers: { "X-Requested-With": "fetch" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok || !page.getElementById("front")) throw new Error(answer.statusText);
  return page;
}

const shown = () => front.querySelector("[data-comment]")?.dataset.comment;

function show(drawn) {
  moves += 1;
  Object.assign(front.dataset, drawn.dataset);
  front.replaceChildren(...drawn.cloneNode(true).childNodes);
  history.replaceState(null, "", front.dataset.address);
  document.getElementById("comment").focus({ preventScroll: true });
  queue.scrollIntoView();
}

function wait(isSo) {
  isWaiting = isSo;
  front.setAttribute("aria-busy", isSo);
}

async function lookAhead() {
  const address = front.dataset.next;
  if (!address || ahead?.address === address) return;
  try {
    const page = await read(address);
    if (front.dataset.next === address) ahead = { address, drawn: page.getElementById("front") };
  } catch {
    ahead = null; // The decision itself asks again.
  }
}

/* Shows what is ahead, if it has come. */
function advance() {
  if (!front.dataset.next || ahead?.address !== front.dataset.next) return false;
  show(ahead.drawn);
  return true;
}

/* Takes over what an answer says: what was done, what can be undone, how much there is. */
function take(page) {
  const words = page.getElementById("said");
  if (words.textContent.trim()) said.replaceChildren(...words.childNodes);
  document.getElementById("tabs").replaceWith(page.getElementById("tabs"));
  const step = page.getElementById("undo");
  undo.hidden = step.hidden;
  undo.elements.key.value = step.querySelector("[name=key]").value;
  undo.querySelector("button").title = step.querySelector("button").title;
}

function send(address, fill, isDecision) {
  if (isWaiting) return;
  const undecided = front.dataset.address;
  const waits = !(isDecision && advance());
  const before = moves;
  if (waits) wait(true);
  sending = sending.then(async () => {
    try {
      const page = await read(address, { method: "POST", body: fill() });
      take(page);
      const drawn = page.getElementById("front");
      const isSame = drawn.querySelector("[data-comment]")?.dataset.comment === shown();
      if (waits || (!isSame && moves === before)) show(drawn);
      else if (isSame) {
        Object.assign(front.dataset, drawn.dataset);
        front.querySelector(".walk").replaceWith(drawn.querySelector(".walk"));
      }
    } catch {
      const link = document.createElement("a");
      link.href = undecided;
      link.textContent = "Look at it again";
      said.replaceChildren("This was not done: the desk cannot be reached. ", link);
    }
    if (waits) wait(false);
    ahead = null;
    lookAhead();
  });
}

queue.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (form.id === "mail") return;
  event.preventDefault();
  if (form === undo) {
    // Which step is the last is known only when those before it are done.
    send(form.action, () => new URLSearchParams(new FormData(form)), false);
    return;
  }
  const typed = new URLSearchParams(new FormData(form, submitter));
  send(form.action, () => typed, form.matches(".decisions") && submitter.value !== "feature");
});

async function walk(link) {
  if (isWaiting) return;
  if (link.href === new URL(front.dataset.next || "", location).href && advance()) {
    lookAhead();
    return;
  }
  wait(true);
  try {
    show((await read(link.href)).getElementById("front"));
    lookAhead();
  } catch {
    location.assign(link.href);
  }
  wait(false);
}

queue.addEventListener("click", (event) => {
  const link = event.target.closest(".walk a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  walk(link);
});

function backToComment() {
  for (const open of front.querySelectorAll(".more details[open]")) open.open = false;
  document.getElementById("comment").focus();
}

const isField = (element) => element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName) || element.matches("input:not([type=checkbox], [type=radio])");

function press(key) {
  const target = front.querySelector(`[data-key="${key.toUpperCase()}"]`);
  if (target?.matches("button")) target.click();
  else if (target) {
    target.open = true;
    target.querySelector("textarea, input:not([type=hidden])").focus();
  } else if (key === "u" && !undo.hidden) undo.requestSubmit();
  else if (key === "w") document.getElementById("reason")?.focus();
  else if (key === "?") keys.showModal();
  else if (key === "j" || key === "k") front.querySelector(`.walk [aria-keyshortcuts="${key.toUpperCase()}"]`)?.click();
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (keys.open || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const inFront = front.contains(event.target);
  if (inFront && event.key === "Escape") {
    event.preventDefault();
    backToComment();
  } else if (event.target.id === "reason" && event.key === "Enter") {
    event.preventDefault(); // The next key decides.
    backToComment();
  } else if (keysOn.checked && !isField(event.target) && /^[a-z?]$/i.test(event.key) && press(event.key.toLowerCase())) {
    event.preventDefault();
  }
});

helpButton.hidden = false;
helpButton.addEventListener("click", () => keys.showModal());
keysOn.checked = localStorage.getItem("queue-keys") !== "off";
keysOn.addEventListener("change", () => localStorage.setItem("queue-keys", keysOn.checked ? "on" : "off"));
document.getElementById("comment").focus({ preventScroll: true });
lookAhead();
