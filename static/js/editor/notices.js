/* Words to the editor below the text, which go when they are dismissed or the next come. */
import { make } from "newsroom-editor/elements";

export function notify(editor, words) {
  const place = editor.options.element.querySelector(".notices");
  const dismiss = make("button", { type: "button", "aria-label": "Dismiss", click: () => place.replaceChildren() }, "×");
  place.replaceChildren(make("p", {}, words, dismiss));
}
