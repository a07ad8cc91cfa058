/* The dialogs about pictures: one is chosen or uploaded, or described anew. */
import { ask, field, insist, lack, tick } from "newsroom-editor/dialog";
import { make } from "newsroom-editor/elements";
import { insertFigure } from "newsroom-editor/pictures";
import { SearchBox } from "newsroom-editor/search-box";
import { upload } from "newsroom-editor/uploads";

/* Lets a picture of the archive be found, or another be uploaded, and puts it into the text. */
export async function choosePicture(editor) {
  let picture = null;
  const alt = make("textarea", { rows: 2, maxlength: 500, dir: "auto" });
  const decorative = make("input", { type: "checkbox" });
  const caption = make("textarea", { rows: 2, dir: "auto" });
  const credit = make("input", { dir: "auto" });
  const shown = make("div", { class: "chosen", role: "status" });
  const missing = lack();
  const take = (found) => {
    picture = found;
    const [thumbnail, words] = drawPicture(found);
    shown.replaceChildren(thumbnail, words);
    alt.value = found.alt ?? "";
    caption.value = found.caption ?? "";
    credit.value = found.credit ?? "";
    decorative.checked = Boolean(found.is_decorative);
    decorative.dispatchEvent(new Event("change"));
    missing.hidden = true;
  };
  const { chooser } = editor.storage.body.addresses;
  const search = new SearchBox({ address: chooser, draw: drawPicture, pick: take, isOpenAtOnce: true });
  search.input.autofocus = true;
  const file = make("input", { type: "file", accept: "image/*" });
  file.addEventListener("change", async () => {
    if (!file.files.length) return;
    search.show([], "");
    shown.replaceChildren(`Uploading ${file.files[0].name}…`);
    try {
      take(await upload(editor, file.files[0]));
    } catch (error) {
      shown.replaceChildren(make("span", { class: "error" }, error.message));
    }
  });
  const parts = [
    field("Find a picture", search.input, "By its caption, description or credit; the newest come first."),
    search.list,
    field("Or upload one", file),
    shown,
    ...describing(alt, decorative),
    field("Caption", caption),
    field("Credit", credit),
    missing,
  ];
  const answered = ask("Picture", parts, "Insert");
  insist(missing, () => (picture ? lacksWords(alt, decorative) : "Choose a picture or upload one."));
  if ((await answered) === null || !picture) return editor.commands.focus();
  const words = { caption: caption.value.trim(), credit: credit.value.trim() };
  insertFigure(editor, { ...picture, ...words }, decorative.checked ? "" : alt.value.trim());
  return editor.commands.focus();
}

/* Asks what the picture at ``position`` says to those who cannot see it. */
export async function describePicture(editor, position) {
  const node = editor.state.doc.nodeAt(position);
  const alt = make("textarea", { rows: 3, maxlength: 500, dir: "auto" });
  alt.value = node.attrs.alt ?? "";
  const decorative = make("input", { type: "checkbox", checked: node.attrs.alt === "" });
  const missing = lack();
  const image = make("img", { src: node.attrs.src, alt: "", class: "preview" });
  const answered = ask("Alternative text", [image, ...describing(alt, decorative), missing], "Set");
  insist(missing, () => lacksWords(alt, decorative));
  if ((await answered) !== null && editor.state.doc.nodeAt(position)?.type === node.type) {
    const attrs = { ...editor.state.doc.nodeAt(position).attrs, alt: decorative.checked ? "" : alt.value.trim() };
    editor.view.dispatch(editor.state.tr.setNodeMarkup(position, null, attrs));
  }
  editor.commands.focus();
}

function describing(alt, decorative) {
  const follow = () => { alt.disabled = decorative.checked; };
  decorative.addEventListener("change", follow);
  follow();
  return [
    field("Alternative text", alt, "What the picture shows, for those who cannot see it."),
    tick("Decorative: it says nothing that the text does not", decorative),
  ];
}

const lacksWords = (alt, decorative) =>
  decorative.checked || alt.value.trim() ? "" : "Say what the picture shows, or mark it as decorative.";

function drawPicture({ thumbnail, src, caption, alt, credit }) {
  return [
    make("img", { src: thumbnail ?? src, alt: "" }),
    make("span", { class: "label", dir: "auto" }, caption || alt || "Untitled"),
    make("span", { class: "detail", dir: "auto" }, credit ?? ""),
  ];
}
