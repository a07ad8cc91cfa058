// Keeps name, e-mail and website for the next comment, and the way to a comment that waits: in this
// browser only, and only for whoever ticks the box. Nothing of it is sent.
const COMMENTER = "newsroom.commenter";
const WAITING = "newsroom.waiting";
const FIELDS = ["author", "email", "url"];
const DAYS = 30; // for as long as the key of a waiting comment is good
const AT_MOST = 20;

const form = document.getElementById("respond");
const line = form.querySelector("[data-keep]");
const tick = line.querySelector("input");
const article = new URL(form.action).pathname.replace(/comments\/$/, "");

const read = (name) => {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
};

const write = (name, value) => {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Where nothing can be kept, nothing is; the form works all the same.
  }
};

const canKeep = () => {
  try {
    localStorage.getItem(COMMENTER);
    return true;
  } catch {
    return false;
  }
};

const keep = () => {
  write(COMMENTER, Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value])));
};

const forget = () => {
  write(COMMENTER, null);
  write(WAITING, null);
};

const fill = (kept) => {
  for (const name of FIELDS) {
    const field = form.elements[name];
    if (!field.value && typeof kept[name] === "string") field.value = kept[name];
  }
};

const waiting = () => {
  const since = Date.now() - DAYS * 24 * 60 * 60 * 1000;
  const kept = read(WAITING);
  return Array.isArray(kept) ? kept.filter((one) => one.at > since) : [];
};

// The page of a comment that waits has its key in the address and shows it as waiting.
const rememberWaiting = (key) => {
  const others = waiting().filter((one) => one.article !== article);
  const shown = document.querySelector("#comments article:has(.waiting)");
  const here = shown ? [{ article, key, place: shown.id, at: Date.now() }] : [];
  write(WAITING, [...here, ...others].slice(0, AT_MOST));
};

const tellOfWaiting = () => {
  const kept = waiting().find((one) => one.article === article);
  const heading = document.getElementById("comments-heading");
  if (!kept || !heading) return;
  if (document.getElementById(kept.place)) {
    // It was approved and stands below.
    write(WAITING, waiting().filter((one) => one.article !== article));
    return;
  }
  const note = document.createElement("p");
  note.className = "note ui";
  const link = document.createElement("a");
  link.href = `?held=${encodeURIComponent(kept.key)}#${kept.place}`;
  link.textContent = "You have a comment waiting here";
  note.append(link);
  heading.after(note);
};

if (canKeep()) {
  const kept = read(COMMENTER);
  line.hidden = false;
  tick.checked = kept !== null;
  if (kept) {
    fill(kept);
    const key = new URLSearchParams(location.search).get("held");
    if (key) rememberWaiting(key);
    else tellOfWaiting();
  }
  tick.addEventListener("change", () => (tick.checked ? keep() : forget()));
  form.addEventListener("submit", () => tick.checked && keep());
}
