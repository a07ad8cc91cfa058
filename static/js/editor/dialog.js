/* Dialogs over the page, outside its form. */
import { make, newId } from "newsroom-editor/elements";

/* Shows ``parts`` under ``title``; resolves to the name of the button that closed it, "" for the
   first, or to null when it was dismissed. ``others`` are further buttons, a name and a label each. */
export function ask(title, parts, label, others = []) {
  const heading = newId("title");
  const buttons = [
    make("button", { value: "", class: "default" }, label),
    ...others.map(([name, text]) => make("button", { value: name, formnovalidate: true }, text)),
    make("button", { type: "button", click: () => dialog.close("dismissed") }, "Cancel"),
  ];
  const below = make("p", { class: "buttons" }, ...buttons);
  const form = make("form", { method: "dialog" }, make("h2", { id: heading }, title), ...parts, below);
  const dialog = make("dialog", { class: "editor-dialog", "aria-labelledby": heading }, form);
  return shown(dialog, (value) => (value === "dismissed" ? null : value));
}

/* Shows ``parts`` to be read. */
export function tell(title, parts) {
  const heading = newId("title");
  const close = make("p", { class: "buttons" }, make("button", { class: "default" }, "Close"));
  const form = make("form", { method: "dialog" }, make("h2", { id: heading }, title), ...parts, close);
  return shown(make("dialog", { class: "editor-dialog", "aria-labelledby": heading }, form), () => null);
}

function shown(dialog, answer) {
  dialog.returnValue = "dismissed";
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer(dialog.returnValue));
    });
  });
}

/* An input with its label and, below, a word of help. */
export function field(label, input, help = "") {
  input.id ||= newId("field");
  const described = help ? newId("help") : null;
  if (described) input.setAttribute("aria-describedby", described);
  return make("div", { class: "field" },
    make("label", { for: input.id }, label),
    input,
    help ? make("p", { class: "help", id: described }, help) : null);
}

/* The line that says what a dialog lacks. */
export const lack = () => make("p", { class: "error", role: "alert", hidden: true });

/* Keeps the dialog of ``line`` open while ``lacks`` has something to say; buttons with a name of
   their own close it all the same. */
export function insist(line, lacks) {
  line.closest("form").addEventListener("submit", (event) => {
    line.textContent = event.submitter?.value ? "" : lacks();
    line.hidden = !line.textContent;
    if (line.textContent) event.preventDefault();
  });
}

/* A box to tick, with its label behind it. */
export function tick(label, box) {
  return make("label", { class: "tick" }, box, ` ${label}`);
}
