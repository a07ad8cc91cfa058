/* The body as HTML, for those who want to see it. */
import { ask, field } from "newsroom-editor/dialog";
import { make } from "newsroom-editor/elements";

export async function editSource(editor) {
  const { written } = editor.storage.body;
  const text = make("textarea", { rows: 18, spellcheck: "false", dir: "ltr", class: "source" });
  text.value = written();
  const before = text.value;
  const whole = field("HTML of the text", text, "What has no place in an article is left out.");
  const answer = await ask("HTML", [whole], "Set");
  if (answer !== null && text.value !== before) editor.storage.body.replace(text.value);
  editor.commands.focus();
}
