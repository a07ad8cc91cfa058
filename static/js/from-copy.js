/* "New from copy": reads what is pasted, dropped or typed at once, and shows which words of the
   copy an entry was found in. Without this script the button "Read it" does the reading. */

const form = document.getElementById("from-copy");
const copy = form.elements.copy;
const file = form.elements.file;
const status = document.getElementById("copy-status");
const BY_SCRIPT = { "X-Requested-With": "fetch" };
const LARGEST = 1024 * 1024;
const PAUSE = 500; // milliseconds after the last key
let asked = null;
let waiting = 0;

document.documentElement.classList.add("has-script");

async function read() {
  clearTimeout(waiting);
  if (asked) asked.abort();
  if (!file.files.length && !copy.value.trim() && !document.getElementById("id_original").value) return;
  const size = file.files.length ? file.files[0].size : new Blob([copy.value]).size;
  if (size > LARGEST) {
    refuse("This is larger than 1 MB, which no article is.");
    return;
  }
  const request = asked = new AbortController();
  const sent = new FormData(form);
  status.textContent = "Reading …";
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: sent,
      headers: BY_SCRIPT,
      signal: request.signal,
    });
    if (answer.redirected || !answer.headers.get("Content-Type").startsWith("text/html")) throw new Error();
    show(await answer.text(), sent);
  } catch (error) {
    if (error.name !== "AbortError") refuse("The copy could not be read just now. Nothing is lost: try “Read it”.");
  }
}

/* Puts the parts of the answer in the place of those on the page, and the focus back; what was
   written meanwhile stays. */
function show(answer, sent) {
  const parts = new DOMParser().parseFromString(answer, "text/html");
  const focused = document.activeElement?.closest("#read") && document.activeElement.id;
  const changed = changedSince(sent);
  for (const part of parts.querySelectorAll(".part")) document.getElementById(part.id).replaceWith(part);
  for (const [name, values, options] of changed) rewrite(name, values, options);
  if (file.files.length) {
    if (!document.querySelector("#copy-errors .errorlist")) copy.value = parts.getElementById("copy-text").value;
    file.value = ""; // what was in it travels in the form now
  }
  const result = document.getElementById("read");
  document.getElementById("copy").classList.toggle("is-read", Boolean(result.querySelector(".sheets")));
  status.textContent = result.dataset.said ?? "";
  prepare();
  if (focused) document.getElementById(focused)?.focus();
}

/* The fields of the reading that are not as they were sent: name, values, chosen options. */
function changedSince(sent) {
  const now = new FormData(form);
  const fields = [...document.querySelectorAll("#read [name]")].filter((field) => field.type !== "hidden");
  return [...new Set(fields.map((field) => field.name))]
    .filter((name) => now.getAll(name).join("\n") !== sent.getAll(name).join("\n"))
    .map((name) => {
      const select = fields.find((field) => field.name === name && field.selectedOptions);
      return [name, now.getAll(name), [...(select?.selectedOptions ?? [])]];
    });
}

function rewrite(name, values, options) {
  const details = document.querySelector(`#read details[data-name="${CSS.escape(name)}"]`);
  if (details) another(details);
  for (const field of document.querySelectorAll(`#read [name="${CSS.escape(name)}"]`)) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (field.options) {
      for (const option of options) {
        if (![...field.options].some(({ value }) => value === option.value)) field.append(option.cloneNode(true));
      }
      for (const option of field.options) option.selected = values.includes(option.value);
    } else field.value = values[0] ?? "";
  }
}

function refuse(words) {
  const list = document.createElement("ul");
  list.className = "errorlist";
  list.append(Object.assign(document.createElement("li"), { textContent: words }));
  document.getElementById("copy-errors").replaceChildren(list);
  status.textContent = "";
}

function readSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(read, PAUSE);
}

/* The field behind "Another …", made when it is wanted. */
function another(details) {
  const field = details.querySelector("select") ?? details.closest(".group").querySelector("template").content.firstElementChild.cloneNode(true);
  if (!field.isConnected) {
    field.name = details.dataset.name;
    field.id = `id_${details.dataset.name}`;
    details.append(field);
  }
  return field;
}

/* Makes autocomplete fields of those that are on the page. */
function prepare() {
  const $ = window.django?.jQuery;
  if (!$?.fn.djangoAdminSelect2) return;
  $("#read .admin-autocomplete").not(".select2-hidden-accessible").djangoAdminSelect2();
  document.dispatchEvent(new Event("choices:added")); // for whoever names them
}

copy.addEventListener("input", (event) => {
  if (event.inputType === "insertFromPaste" || event.inputType === "insertFromDrop") read();
  else readSoon();
});
for (const field of [file, form.elements.year, form.elements.source]) field.addEventListener("change", read);

/* A file dropped anywhere on the page. */
const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
addEventListener("dragover", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  form.classList.add("is-dropping");
});
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) form.classList.remove("is-dropping");
});
addEventListener("drop", (event) => {
  form.classList.remove("is-dropping");
  if (!carriesFiles(event)) return;
  event.preventDefault();
  if (event.dataTransfer.files.length > 1) {
    refuse("One file at a time here. Many come in with manage.py import_articles.");
    return;
  }
  file.files = event.dataTransfer.files;
  read();
});

/* What another choice changes in what was found, or in what is to be looked at. */
const REREAD = new Set(["item", "headline", "language", "section", "dateline_place", "dateline_date"]);
form.addEventListener("change", ({ target }) => {
  if (REREAD.has(target.name)) read();
  const entry = target.closest(".entry");
  if (!entry) return;
  const [, key, part] = target.name.match(/^(.*)-(decision|other)$/) ?? [];
  if (part === "other" && target.value) choose(entry, "confirm");
  if (part) restate(entry, key);
});
// Select2 tells only jQuery of a choice.
window.django?.jQuery(form).on("change", "select", (event) => {
  if (!event.originalEvent) event.target.dispatchEvent(new Event("change", { bubbles: true }));
});
form.addEventListener("toggle", ({ target }) => {
  if (!target.open || !target.matches(".other")) return;
  another(target);
  prepare();
}, true);

function choose(entry, decision) {
  const field = entry.querySelector(`.decision input[value="${decision}"]`);
  if (field) field.checked = true;
}

function marksOf(key) {
  return form.querySelectorAll(`mark[data-entry="${CSS.escape(key)}"]`);
}

function restate(entry, key) {
  const chosen = entry.querySelector(".decision input:checked");
  const isBox = entry.querySelector(".decision input[type=checkbox]");
  const state = chosen ? chosen.value || "open" : isBox ? "reject" : "open";
  for (const mark of marksOf(key)) {
    mark.classList.remove("confirm", "reject", "open");
    mark.classList.add(state);
  }
}

/* Whoever looks at an entry sees its words, and the other way round. */
function light(key, isOn) {
  for (const mark of marksOf(key)) mark.classList.toggle("lit", isOn);
  form.querySelector(`.entry[data-entry="${CSS.escape(key)}"]`)?.classList.toggle("lit", isOn);
}
const keyAt = (target) => target.closest?.("[data-entry]")?.dataset.entry;
for (const [begin, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  form.addEventListener(begin, ({ target }) => { if (keyAt(target)) light(keyAt(target), true); });
  form.addEventListener(end, ({ target }) => { if (keyAt(target)) light(keyAt(target), false); });
}

prepare();
fetch(form.action, { headers: BY_SCRIPT }).catch(() => {}); // makes ready for the copy to come
if (copy.value.trim() && !form.querySelector(".sheets, .items, .errorlist")) read();
