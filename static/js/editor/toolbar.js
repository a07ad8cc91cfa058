/* The toolbar above the text: the toolbar of the ARIA Authoring Practices. */
import { icon } from "newsroom-editor/icons";
import { make } from "newsroom-editor/elements";
import { forAria, written } from "newsroom-editor/keys";

export class Toolbar {
  constructor(editor, groups, label, controls) {
    this.editor = editor;
    this.groups = groups.map(({ label: name, within, buttons }) => {
      const items = buttons.map((each) => ({ ...each, button: draw(each) }));
      const element = make("div", { role: "group", "aria-label": name }, ...items.map(({ button }) => button));
      return { within, items, element };
    });
    this.items = this.groups.flatMap(({ items }) => items);
    for (const { button, run } of this.items) {
      // The text keeps the focus, and its selection.
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => button.getAttribute("aria-disabled") !== "true" && run(editor));
    }
    this.element = make(
      "div",
      {
        role: "toolbar",
        class: "toolbar",
        "aria-label": label,
        "aria-controls": controls,
        keydown: (event) => this.key(event),
      },
      ...this.groups.map(({ element }) => element),
    );
    editor.on("transaction", () => this.draw());
    this.draw();
    this.reach(this.items[0].button);
  }

  draw() {
    for (const { within, element } of this.groups) element.hidden = Boolean(within) && !this.editor.isActive(within);
    for (const { button, mark, can } of this.items) {
      if (mark) button.setAttribute("aria-pressed", String(this.editor.isActive(...mark)));
      if (can) button.setAttribute("aria-disabled", String(!can(this.editor)));
    }
    if (!this.shown().some((button) => button.tabIndex === 0)) this.reach(this.items[0].button);
  }

  shown() {
    return this.items.map(({ button }) => button).filter((button) => !button.parentElement.hidden);
  }

  focus() {
    this.items.find(({ button }) => button.tabIndex === 0).button.focus();
  }

  key(event) {
    const buttons = this.shown();
    const at = buttons.indexOf(document.activeElement);
    const onwards = getComputedStyle(this.element).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const backwards = onwards === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const last = buttons.length - 1;
    const moves = { [onwards]: at < last ? at + 1 : 0, [backwards]: at > 0 ? at - 1 : last, Home: 0, End: last };
    const next = moves[event.key];
    if (event.key === "Escape") this.editor.commands.focus();
    else if (next !== undefined) {
      this.reach(buttons[next]);
      buttons[next].focus();
    } else return;
    event.preventDefault();
  }

  /* One button at a time is reached by Tab. */
  reach(reached) {
    for (const { button } of this.items) button.tabIndex = button === reached ? 0 : -1;
  }
}

function draw({ label, text, icon: name, keys, mark }) {
  return make(
    "button",
    {
      type: "button",
      title: keys ? `${label} (${written(keys)})` : label,
      "aria-label": label,
      "aria-keyshortcuts": keys ? forAria(keys) : null,
      "aria-pressed": mark ? "false" : null,
      tabindex: -1,
    },
    text ?? icon(name),
  );
}
