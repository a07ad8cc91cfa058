/* A field that searches as one types: the combobox with a list of the ARIA Authoring Practices. */
import { make, newId } from "newsroom-editor/elements";

/* After so many milliseconds without a letter the desk is asked, and once only. */
const PAUSE = 200;

/* Fewer letters find too much. */
const SHORTEST = 2;

export class SearchBox {
  /* ``address`` answers ``?q=`` with {"results": […]}; ``draw`` makes the parts of a result's line,
     ``pick`` takes the result chosen, ``typed`` hears of every change of the words, and
     ``ignored`` tells of words that nothing has to be asked about. */
  constructor({ address, draw, pick, typed = () => {}, ignored = () => false, isOpenAtOnce = false }) {
    const shortest = isOpenAtOnce ? 0 : SHORTEST;
    Object.assign(this, { address, draw, pick, ignored, shortest });
    const id = newId("results");
    this.list = make("div", { class: "results" });
    this.options = make("ul", { id, role: "listbox", "aria-label": "Found", hidden: true });
    this.said = make("p", { class: "said", role: "status" });
    this.list.append(this.options, this.said);
    this.input = make("input", {
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      dir: "auto",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": id,
      input: () => { typed(this.input.value); this.later(); },
      keydown: (event) => this.key(event),
      focus: () => { if (isOpenAtOnce && !this.results.length) this.search(); },
    });
    this.results = [];
    this.active = -1;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(), PAUSE);
  }

  async search() {
    const words = this.input.value.trim();
    this.asked?.abort();
    if (words.length < this.shortest || this.ignored(words)) return this.show([], "");
    this.asked = new AbortController();
    try {
      const answer = await fetch(`${this.address}?q=${encodeURIComponent(words)}`, { signal: this.asked.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      const { results } = await answer.json();
      this.show(results, results.length ? `${results.length} found` : "Nothing found");
    } catch (error) {
      if (error.name !== "AbortError") this.show([], "The search does not answer. Try again.");
    }
  }

  show(results, said) {
    this.results = results;
    this.said.textContent = said;
    this.options.replaceChildren(...results.map((result, index) => {
      const option = make("li", { role: "option", id: newId("result"), "aria-selected": "false" }, ...this.draw(result));
      // The field keeps the focus.
      option.addEventListener("mousedown", (event) => event.preventDefault());
      option.addEventListener("click", () => this.choose(index));
      return option;
    }));
    this.options.hidden = results.length === 0;
    this.input.setAttribute("aria-expanded", String(results.length > 0));
    this.point(-1);
  }

  key(event) {
    const last = this.results.length - 1;
    if (event.key === "ArrowDown" && last >= 0) this.point(this.active < last ? this.active + 1 : 0);
    else if (event.key === "ArrowUp" && last >= 0) this.point(this.active > 0 ? this.active - 1 : last);
    else if (event.key === "Enter" && last >= 0) this.choose(Math.max(this.active, 0));
    else if (event.key === "Escape" && last >= 0) this.show([], "");
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  point(index) {
    this.active = index;
    [...this.options.children].forEach((option, each) => option.setAttribute("aria-selected", String(each === index)));
    const option = this.options.children[index];
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  choose(index) {
    const result = this.results[index];
    clearTimeout(this.timer);
    this.asked?.abort();
    this.show([], "");
    this.pick(result);
  }
}
