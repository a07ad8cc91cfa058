/* ``lang`` and ``dir`` of any block or phrase, and the dialog that sets them on a block. */
import { Extension } from "django-prose-editor/editor";

import { ask, field } from "newsroom-editor/dialog";
import { make } from "newsroom-editor/elements";

const attribute = (name) => ({ default: null, parseHTML: (element) => element.getAttribute(name) });

/* In the scripts of these words stand from right to left (CLDR, scripts of languages). */
const RIGHT_TO_LEFT = new Set(["ar", "bal", "brh", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "skr", "ug", "ur", "yi"]);

const DIRECTIONS = [
  ["", "as its letters go"],
  ["rtl", "right to left"],
  ["ltr", "left to right"],
];

export const Languages = Extension.create({
  name: "languages",
  addGlobalAttributes() {
    return [{ types: "*", attributes: { lang: attribute("lang"), dir: attribute("dir") } }];
  },
});

/* The blocks that text stands in, from the beginning of the selection to its end; of lists the
   whole, whose signs stand on the side where its lines begin. */
function chosen(state) {
  const found = [];
  state.doc.nodesBetween(state.selection.from, state.selection.to, (node, position) => {
    const isList = node.type.spec.group?.includes("list");
    if (isList || node.isTextblock) found.push({ node, position });
    return !isList;
  });
  return found;
}

export async function chooseLanguage(editor) {
  const [first] = chosen(editor.state);
  if (!first) return;
  const language = make("input", { list: "editor-languages", autocomplete: "off", value: first.node.attrs.lang ?? "" });
  const direction = make("select", {}, ...DIRECTIONS.map(([value, label]) =>
    make("option", { value, selected: value === (first.node.attrs.dir ?? "") }, label)));
  language.addEventListener("change", () => {
    direction.value = RIGHT_TO_LEFT.has(language.value.trim().split("-")[0].toLowerCase()) ? "rtl" : "";
  });
  const answer = await ask("Language of the paragraph", [
    field("Language", language, "Its tag, such as ur, ar or en; empty for the article’s own."),
    field("Reads", direction),
    languageChoices(),
  ], "Set");
  if (answer !== null) setLanguage(editor, language.value.trim(), direction.value);
}

function setLanguage(editor, lang, dir) {
  const { state, view } = editor;
  const change = state.tr;
  for (const { node, position } of chosen(state)) {
    change.setNodeMarkup(position, null, { ...node.attrs, lang: lang || null, dir: dir || null });
  }
  view.dispatch(change);
  view.focus();
}

/* The names come from the browser, in the language of the desk. */
function languageChoices() {
  const names = new Intl.DisplayNames([document.documentElement.lang || "en"], { type: "language" });
  const tags = ["ar", "bal", "en", "fa", "hi", "ps", "pa", "sd", "ur", "zh"];
  const options = tags.map((tag) => make("option", { value: tag }, names.of(tag)));
  return make("datalist", { id: "editor-languages" }, ...options);
}
