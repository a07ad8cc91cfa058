/* The toolbar above the text: the toolbar of the ARIA Authoring Practices. */
import { icon } from "newsroom-editor/icons";
import { make } from "newsroom-editor/elements";
import { forAria, written } from "newsroom-editor/keys";

export class Toolbar {
  constructor(editor, groups, label, controls) {
    this.editor = editor;
    this.items = groups.flatMap(({ within, buttons }) => buttons.map((each) => ({ ...each, within, button: draw(each) })));
    for (const item of this.items) {
      item.button.addEventListener("mousedown", (event) => event.preventDefault());
      item.button.addEventListener("click", () => item.button.getAttribute("aria-disabled") !== "true" && item.run(editor));
    }
    this.groups = groups.map((group) => {
      const buttons = this.items.filter((item) => group.buttons.some(({ label: name }) => name === item.label)).map(({ button }) => button);
      return { ...group, element: make("div", { role: "group", "aria-label": group.label }, ...buttons) };
    });
    this.element = make(
      "div",
      { role: "toolbar", "aria-label": label, "aria-controls": controls, class: "toolbar", keydown: (event) => this.key(event) },
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
    const next = { [onwards]: (at + 1) % buttons.length, [backwards]: (at || buttons.length) - 1, Home: 0, End: buttons.length - 1 }[event.key];
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
