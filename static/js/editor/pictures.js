/* Pictures from the archive or from a file: chosen, uploaded, described, put into the text. */
import { Extension, pm } from "django-prose-editor/editor";

import { ask, field, tick } from "newsroom-editor/dialog";
import { make } from "newsroom-editor/elements";
import { notify } from "newsroom-editor/notices";
import { SearchBox } from "newsroom-editor/search-box";

const { Plugin, PluginKey } = pm.state;
const { Decoration, DecorationSet } = pm.view;

const uploads = new PluginKey("uploads");

const isPicture = (file) => file.type.startsWith("image/");
/* Word puts a picture of its text beside the text, and browsers an ``img`` beside a picture. */
const hasWords = (transfer) => {
  const html = transfer?.getData("text/html") ?? "";
  return Boolean(html.replace(/<style\b[^]*?<\/style>|<[^>]*>/gi, "").trim());
};
const pictures = (transfer) => [...(transfer?.files ?? [])].filter(isPicture);

/* Takes files that are dropped or pasted into the text, and shows where they will stand. */
export const Pictures = Extension.create({
  name: "pictures",
  addOptions: () => ({ chooser: null, upload: null, token: () => "" }),

  addCommands() {
    return {
      insertPicture: () => ({ editor }) => {
        choosePicture(editor, this.options);
        return true;
      },
    };
  },

  addProseMirrorPlugins() {
    const { editor, options } = this;
    const take = (view, files, position) => {
      if (!files.length || !options.upload) return false;
      for (const file of files) uploadInto(editor, options, file, position);
      return true;
    };
    return [
      new Plugin({
        key: uploads,
        state: {
          init: () => DecorationSet.empty,
          apply(tr, shown) {
            const { begun, ended } = tr.getMeta(uploads) ?? {};
            const moved = shown.map(tr.mapping, tr.doc);
            if (begun) {
              const note = make("span", { class: "uploading", role: "status" }, `Uploading ${begun.name}…`);
              return moved.add(tr.doc, [Decoration.widget(begun.position, note, { id: begun.id })]);
            }
            return ended ? moved.remove(moved.find(null, null, (each) => each.id === ended)) : moved;
          },
        },
        props: {
          decorations: (state) => uploads.getState(state),
          handleDrop(view, event, slice, isMoved) {
            if (isMoved) return false;
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
            return take(view, pictures(event.dataTransfer), at?.pos ?? view.state.selection.to);
          },
          handlePaste: (view, event) => !hasWords(event.clipboardData) && take(view, pictures(event.clipboardData), view.state.selection.to),
        },
      }),
    ];
  },
});

/* Sends a file to the archive of pictures; resolves to the picture, or rejects with what to say. */
async function upload({ upload: address, token }, file) {
  const body = new FormData();
  body.append("file", file);
  let answer;
  try {
    answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token() } });
  } catch {
    throw new Error("The desk cannot be reached.");
  }
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.errors?.join(" ") ?? `The desk refused it (${answer.status}).`);
  return said;
}

async function uploadInto(editor, options, file, position) {
  const id = {};
  const tell = (what) => editor.view.dispatch(editor.state.tr.setMeta(uploads, what).setMeta("addToHistory", false));
  tell({ begun: { id, position, name: file.name } });
  try {
    const picture = await upload(options, file);
    const [place] = uploads.getState(editor.state).find(null, null, (each) => each.id === id);
    tell({ ended: id });
    if (place) insertFigure(editor, picture, picture.alt ? picture.alt : null, place.from);
  } catch (error) {
    tell({ ended: id });
    notify(editor, `“${file.name}” was not uploaded. ${error.message}`);
  }
}

/* Puts a figure at ``position``, or over the selection. ``alt`` is null while nobody has said what
   the picture shows, "" when it is decorative. */
function insertFigure(editor, picture, alt, position = null) {
  const { caption, image, figure } = editor.schema.nodes;
  const text = (words, ...marks) => editor.schema.text(words, marks);
  const small = editor.schema.marks.small.create();
  const both = picture.caption && picture.credit;
  const words = both ? [text(`${picture.caption} `), text(picture.credit, small)] : [picture.caption || picture.credit].filter(Boolean).map((each) => text(each));
  const attrs = { src: picture.src, alt, width: String(picture.width), height: String(picture.height) };
  const node = figure.create(null, [image.create(attrs), caption.create(null, words)]);
  const at = position ?? editor.state.selection;
  editor.chain().insertContentAt(typeof at === "number" ? at : { from: at.from, to: at.to }, node.toJSON()).run();
}

async function choosePicture(editor, options) {
  let picture = null;
  const alt = make("textarea", { rows: 2, maxlength: 500, dir: "auto" });
  const decorative = make("input", { type: "checkbox" });
  const caption = make("textarea", { rows: 2, dir: "auto" });
  const credit = make("input", { dir: "auto" });
  const shown = make("div", { class: "chosen", role: "status" });
  const missing = make("p", { class: "error", role: "alert", hidden: true });
  const take = (found) => {
    picture = found;
    shown.replaceChildren(make("img", { src: found.thumbnail ?? found.src, alt: "" }), make("span", { dir: "auto" }, found.caption || found.alt || "A new picture"));
    alt.value = found.alt ?? "";
    caption.value = found.caption ?? "";
    credit.value = found.credit ?? "";
    decorative.checked = Boolean(found.is_decorative);
    decorative.dispatchEvent(new Event("change"));
    missing.hidden = true;
  };
  const search = new SearchBox({ address: options.chooser, draw: drawPicture, pick: take, isOpenAtOnce: true });
  search.input.autofocus = true;
  const file = make("input", { type: "file", accept: "image/*" });
  file.addEventListener("change", async () => {
    if (!file.files.length) return;
    search.show([], "");
    shown.replaceChildren(`Uploading ${file.files[0].name}…`);
    try {
      take(await upload(options, file.files[0]));
    } catch (error) {
      shown.replaceChildren(make("span", { class: "error" }, error.message));
    }
  });
  const parts = [
    field("Find a picture", search.input, "Words of its caption, description or credit; the newest come first."),
    search.list,
    field("Or upload one", file),
    shown,
    ...describing(alt, decorative),
    field("Caption", caption),
    field("Credit", credit),
    missing,
  ];
  const answered = ask("Picture", parts, "Insert");
  const dialog = alt.closest("dialog");
  dialog.querySelector("form").addEventListener("submit", (event) => {
    const lacks = event.submitter?.value ? "" : picture ? lacksWords(alt, decorative) : "Choose a picture or upload one.";
    missing.textContent = lacks;
    missing.hidden = !lacks;
    if (lacks) event.preventDefault();
  });
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
  const missing = make("p", { class: "error", role: "alert", hidden: true });
  const image = make("img", { src: node.attrs.src, alt: "", class: "preview" });
  const answered = ask("Alternative text", [image, ...describing(alt, decorative), missing], "Set");
  alt.closest("form").addEventListener("submit", (event) => {
    missing.textContent = lacksWords(alt, decorative);
    missing.hidden = !missing.textContent;
    if (missing.textContent) event.preventDefault();
  });
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
