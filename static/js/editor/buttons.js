/* What the toolbar offers, in groups. ``keys`` is as ProseMirror writes it; ``mark`` names what is
   pressed in when the selection is in it; ``within`` what must hold the selection. */
import { chooseLanguage } from "newsroom-editor/languages";
import { choosePicture } from "newsroom-editor/picture-dialogs";
import { showKeys } from "newsroom-editor/keys";
import { editSource } from "newsroom-editor/source";

const run = (name, ...options) => (editor) => editor.chain().focus()[name](...options).run();

const toggleNumbers = run("toggleOrderedList");
const insertTable = run("insertTable", { rows: 3, cols: 3, withHeaderRow: true });
const clear = (editor) => editor.chain().focus().clearNodes().unsetAllMarks().run();

const heading = (level, words) => ({
  label: words,
  text: words,
  keys: `Alt-Shift-${level}`,
  run: run("toggleHeading", { level }),
  mark: ["heading", { level }],
});

export const GROUPS = [
  {
    label: "Text",
    buttons: [
      heading(2, "Heading"),
      heading(3, "Subheading"),
      { label: "Bold", icon: "bold", keys: "Mod-b", run: run("toggleBold"), mark: ["bold"] },
      { label: "Italic", icon: "italic", keys: "Mod-i", run: run("toggleItalic"), mark: ["italic"] },
      { label: "Link", icon: "link", keys: "Mod-k", run: run("editLink"), mark: ["link"] },
    ],
  },
  {
    label: "Blocks",
    buttons: [
      { label: "List", icon: "bullets", keys: "Mod-Shift-8", run: run("toggleBulletList"), mark: ["bulletList"] },
      { label: "Numbered list", icon: "numbers", keys: "Mod-Shift-7", run: toggleNumbers, mark: ["orderedList"] },
      { label: "Quotation", icon: "quote", keys: "Mod-Shift-b", run: run("toggleBlockquote"), mark: ["blockquote"] },
      { label: "Pull quote", icon: "pull", keys: "Alt-Shift-q", run: run("insertPullQuote"), mark: ["pullQuote"] },
      { label: "Picture", icon: "picture", keys: "Alt-Shift-p", run: choosePicture, mark: ["figure"] },
      { label: "Table", icon: "table", keys: "Alt-Shift-t", run: insertTable, mark: ["table"] },
      { label: "Line between parts", icon: "rule", run: run("setHorizontalRule") },
    ],
  },
  {
    label: "Further marks",
    buttons: [
      { label: "Struck out", icon: "strike", keys: "Mod-Shift-s", run: run("toggleStrike"), mark: ["strike"] },
      { label: "Superscript", icon: "superscript", keys: "Mod-.", run: run("toggleSuperscript"), mark: ["superscript"] },
      { label: "Subscript", icon: "subscript", keys: "Mod-,", run: run("toggleSubscript"), mark: ["subscript"] },
      { label: "Language of the paragraph", icon: "language", run: chooseLanguage },
      { label: "Plain text again", icon: "clear", keys: "Mod-\\", run: clear },
    ],
  },
  {
    label: "Editing",
    buttons: [
      { label: "Undo", icon: "undo", keys: "Mod-z", run: run("undo"), can: (editor) => editor.can().undo() },
      { label: "Redo", icon: "redo", keys: "Mod-Shift-z", run: run("redo"), can: (editor) => editor.can().redo() },
      { label: "HTML", icon: "source", run: editSource },
      { label: "Keyboard", icon: "keys", keys: "Mod-/", run: showKeys },
    ],
  },
  {
    label: "Table",
    within: "table",
    buttons: [
      { label: "Row above", text: "Row above", run: run("addRowBefore") },
      { label: "Row below", text: "Row below", run: run("addRowAfter") },
      { label: "Delete row", text: "Delete row", run: run("deleteRow") },
      { label: "Column before", text: "Column before", run: run("addColumnBefore") },
      { label: "Column after", text: "Column after", run: run("addColumnAfter") },
      { label: "Delete column", text: "Delete column", run: run("deleteColumn") },
      { label: "Header row", text: "Header row", run: run("toggleHeaderRow") },
      { label: "Header column", text: "Header column", run: run("toggleHeaderColumn") },
      { label: "Merge or split cells", text: "Merge or split", run: run("mergeOrSplit") },
      { label: "Caption of the table", text: "Caption", run: run("toggleTableCaption") },
      { label: "Delete table", text: "Delete table", run: run("deleteTable") },
    ],
  },
];
