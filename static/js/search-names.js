// Offers names while somebody types into a search box: the places, people, organisations, topics,
// sections and authors that the archive writes about. A combobox with a list, as the WAI-ARIA
// Authoring Practices describe it. Without it the box is a box, and its form searches.
const ADDRESS = "/search/names/";
const PAUSE = 200; // milliseconds without a letter before anything is asked
const FEWEST = 2;
const LONGEST = 100;

const asked = new Map(); // what was answered on this page, by what was typed

const answer = async (text, signal) => {
  if (asked.has(text)) return asked.get(text);
  const response = await fetch(`${ADDRESS}?${new URLSearchParams({ q: text })}`, { signal });
  if (!response.ok) return []; // and not kept: the next time it may be answered
  const { names } = await response.json();
  asked.set(text, names);
  return names;
};

const element = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

// The search that the form asks for, with this name as a filter in place of the words.
const narrowed = (form, { parameter, slug }) => {
  const asks = new URLSearchParams();
  for (const [key, value] of new FormData(form)) if (value && key !== "q") asks.append(key, value);
  asks.set(parameter, [...asks.getAll(parameter), slug].join(","));
  if (asks.get("order") === "relevance") asks.delete("order");
  return `${new URL(form.action).pathname}?${asks}`;
};

const offer = (input, number) => {
  const { form } = input;
  const list = element("ul", { role: "listbox", id: `names-${number}`, class: "offered ui", "aria-label": "Names" });
  const said = element("span", { role: "status", class: "unseen" });
  input.after(list, said);
  list.hidden = true;
  for (const [key, value] of Object.entries({
    role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(key, value);

  let names = [];
  let active = -1;
  let timer = 0;
  let request = new AbortController();

  const activate = (index) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[active];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };

  const close = () => {
    clearTimeout(timer);
    request.abort();
    activate(-1);
    list.hidden = true;
    said.textContent = "";
    input.setAttribute("aria-expanded", "false");
  };

  const show = (found) => {
    names = found;
    activate(-1);
    list.replaceChildren(...names.map(({ name, also, kind, count }, index) => element(
      "li", { role: "option", id: `${list.id}-${index}`, "aria-selected": "false" },
      element("bdi", {}, name), also ? element("bdi", { class: "also" }, also) : "",
      element("span", {}, `${kind}, ${count.toLocaleString("en")}`),
    )));
    list.hidden = !names.length;
    input.setAttribute("aria-expanded", String(names.length > 0));
    const counted = names.length === 1 ? "1 name" : `${names.length} names`;
    said.textContent = names.length ? `${counted}. Choose with the arrow keys.` : "";
  };

  const choose = (index) => {
    const chosen = names[index];
    close();
    location.assign("narrows" in input.dataset ? narrowed(form, chosen) : chosen.url);
  };

  const ask = async () => {
    request = new AbortController();
    const { signal } = request;
    try {
      const found = await answer(input.value.trim(), signal);
      if (!signal.aborted && document.activeElement === input) show(found);
    } catch (error) {
      // Asked anew, or out of reach: the form searches all the same.
      if (error.name !== "AbortError") close();
    }
  };

  const mayBeName = () => {
    const { length } = input.value.trim();
    return length >= FEWEST && length <= LONGEST;
  };

  // Also what is still being composed: many keyboards of phones compose every word.
  input.addEventListener("input", () => {
    clearTimeout(timer);
    request.abort();
    if (mayBeName()) timer = setTimeout(ask, PAUSE);
    else close();
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const { length } = names;
    if (list.hidden) {
      if (event.key !== "ArrowDown" || !mayBeName()) return;
      clearTimeout(timer);
      request.abort();
      ask();
    } else if (event.key === "ArrowDown") activate(active + 1 < length ? active + 1 : -1);
    else if (event.key === "ArrowUp") activate(active < 0 ? length - 1 : active - 1);
    else if (event.key === "Enter" && active >= 0) choose(active);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });

  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
  // Before the box loses the focus, which would close the list.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose([...list.children].indexOf(option));
  });
};

document.querySelectorAll("input[data-names]").forEach(offer);
