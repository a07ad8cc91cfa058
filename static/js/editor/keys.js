/* The shortcuts: those without a button, how they are written, and the dialog that lists them. */
import { Extension } from "django-prose-editor/editor";

import { tell } from "newsroom-editor/dialog";
import { make } from "newsroom-editor/elements";

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const SIGNS = IS_MAC ? { Mod: "⌘", Alt: "⌥", Shift: "⇧" } : { Mod: "Ctrl" };

const OTHERS = [
  ["Alt-F10", "To the toolbar; Escape leads back, arrows from button to button"],
  ["Tab", "In a table to the next cell; in a list one level in"],
  ["Shift-Enter", "A new line in the same paragraph"],
  ["Mod-Enter", "Out of a pull quote"],
  ["## , ### ", "At the beginning of a line: heading, subheading"],
  ["- , 1. , > ", "At the beginning of a line: list, numbered list, quotation"],
];

/* ``Mod-Alt-2`` as it stands on the keys. */
export function written(keys) {
  if (!/^(Mod|Alt|Shift)-/.test(keys)) return keys;
  const names = keys.split(/-(?=.)/).map((key) => SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key));
  return names.join(IS_MAC ? "" : "+");
}

/* As ARIA writes it, for ``aria-keyshortcuts``. */
export const forAria = (keys) => keys.replace("Mod", IS_MAC ? "Meta" : "Control").replaceAll(/-(?=.)/g, "+");

export function showKeys(editor) {
  const { groups } = editor.storage.keys;
  const named = groups.flatMap(({ buttons }) => buttons).filter(({ keys }) => keys).map(({ keys, label }) => [keys, label]);
  const rows = [...named, ...OTHERS].map(([keys, what]) =>
    make("tr", {}, make("th", { scope: "row" }, make("kbd", {}, written(keys))), make("td", {}, what)));
  tell("Keyboard", [make("table", { class: "keys" }, make("tbody", {}, ...rows))]).then(() => editor.commands.focus());
}

/* Gives each button's command its keys, where the command does not bring them itself. */
export const Keys = Extension.create({
  name: "keys",
  addOptions: () => ({ groups: [], leave: () => {} }),
  addStorage() {
    return { groups: this.options.groups };
  },
  addKeyboardShortcuts() {
    const bound = this.options.groups.flatMap(({ buttons }) => buttons.filter(({ keys }) => keys));
    return {
      ...Object.fromEntries(bound.map(({ keys, run }) => [keys, () => (run(this.editor), true)])),
      "Alt-F10": () => (this.options.leave(this.editor), true),
    };
  },
});
