/* Puts the editor in place of each field that holds a body. The field keeps the HTML: it is what
   the form sends, and what stands there without scripts. */
import { Dropcursor, Editor, Extension, Gapcursor, History, Placeholder, TrailingNode } from "django-prose-editor/editor";

import { BLOCKS } from "newsroom-editor/blocks";
import { GROUPS } from "newsroom-editor/buttons";
import { drawCounts } from "newsroom-editor/counts";
import { make, newId } from "newsroom-editor/elements";
import { FIGURES } from "newsroom-editor/figures";
import { Keys } from "newsroom-editor/keys";
import { Languages } from "newsroom-editor/languages";
import { BodyLink } from "newsroom-editor/links";
import { Paste } from "newsroom-editor/paste";
import { PHRASES } from "newsroom-editor/phrases";
import { show } from "newsroom-editor/places";
import { PULL_QUOTES } from "newsroom-editor/pull-quotes";
import { TABLES } from "newsroom-editor/tables";
import { Toolbar } from "newsroom-editor/toolbar";
import { Uploads } from "newsroom-editor/uploads";
import { WrittenBody } from "newsroom-editor/written";

const PLACEHOLDERS = {
  caption: "Caption and credit",
  pullSource: "Who said it",
  pullWords: "The words to set apart",
  tableCaption: "Caption of the table",
};

/* What the dialogs ask of the body: its HTML, to hold other HTML, and where to search. */
const Body = Extension.create({
  name: "body",
  addStorage: () => ({ written: () => "", replace: () => {}, addresses: {} }),
});

const placeholder = ({ node, editor }) =>
  PLACEHOLDERS[node.type.name] ?? (editor.isEmpty ? "Write or paste the text" : "");

function extensions(uploads, keys) {
  return [
    BodyLink,
    ...BLOCKS,
    ...PHRASES,
    ...PULL_QUOTES,
    ...FIGURES,
    ...TABLES,
    Languages,
    Uploads.configure(uploads),
    Paste,
    Body,
    Keys.configure(keys),
    History,
    Dropcursor,
    Gapcursor,
    TrailingNode,
    Placeholder.configure({ includeChildren: true, showOnlyCurrent: false, placeholder }),
  ];
}

/* The text takes the place of its field for screen readers, and has the article's language. */
function attributes(field, id, label) {
  const lang = field.form.elements.language?.value;
  const given = { id, "aria-label": label, "aria-multiline": "true", lang };
  for (const name of ["aria-describedby", "aria-invalid"]) given[name] = field.getAttribute(name);
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value));
}

function startEditor(field) {
  const { wordsPerMinute, upload, ...addresses } = JSON.parse(field.dataset.body);
  const label = field.labels[0]?.textContent.replace(":", "").trim() ?? field.name;
  const id = newId("text");
  const element = make("div", { class: "prose-editor" });
  const counts = make("span", { class: "counts" });
  const notices = make("div", { class: "notices", role: "status" });
  field.before(element);
  let body = null;
  let toolbar = null;
  const editor = new Editor({
    element,
    editable: !field.disabled,
    injectCSS: false,
    extensions: extensions(
      { address: upload, token: () => field.form.elements.csrfmiddlewaretoken.value },
      { groups: GROUPS, leave: () => toolbar.focus() },
    ),
    editorProps: {
      attributes: () => attributes(field, id, label),
      // Browsers tell of a selection after the keys that made it: a shortcut pressed at once would
      // act on less than what is selected.
      handleDOMEvents: { keydown: (view) => void (view.composing || view.domObserver.flush()) },
    },
    onBeforeCreate({ editor: early }) {
      body = new WrittenBody(early.schema, field.value);
      early.options.content = body.doc;
    },
    onUpdate({ editor: { state } }) {
      const html = body.write(state.doc);
      if (html === field.value) return;
      field.value = html;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  editor.storage.body.addresses = addresses;
  editor.storage.body.written = () => body.write(editor.state.doc);
  editor.storage.body.replace = (html) => {
    const { doc } = new WrittenBody(editor.schema, html);
    editor.view.dispatch(editor.state.tr.replaceWith(0, editor.state.doc.content.size, doc.content));
  };
  toolbar = new Toolbar(editor, GROUPS, `${label}: tools`, id);
  element.prepend(toolbar.element);
  element.append(notices, make("p", { class: "below" }, counts));
  drawCounts(counts, editor, wordsPerMinute);
  field.hidden = true;
  field.addEventListener("editor:show", (event) => {
    event.preventDefault();
    show(editor, event.detail);
  });
  field.form.elements.language?.addEventListener("change", () => editor.view.setProps({}));
  for (const each of field.labels) each.addEventListener("click", () => editor.commands.focus());
}

for (const field of document.querySelectorAll("textarea[data-body]")) startEditor(field);
