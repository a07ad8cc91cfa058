/* Pictures that are dropped or pasted into the text as files. */
import { Extension, pm } from "django-prose-editor/editor";

import { make } from "newsroom-editor/elements";
import { notify } from "newsroom-editor/notices";
import { insertFigure } from "newsroom-editor/pictures";

const { Plugin, PluginKey } = pm.state;
const { Decoration, DecorationSet } = pm.view;

const places = new PluginKey("uploads");

/* Word puts a picture of its text beside the text, and browsers an ``img`` beside a picture. */
const hasWords = (transfer) => {
  const html = transfer?.getData("text/html") ?? "";
  return Boolean(html.replace(/<style\b[^]*?<\/style>|<[^>]*>/gi, "").trim());
};

/* Takes files that are dropped or pasted into the text, and shows where they will stand. */
export const Uploads = Extension.create({
  name: "uploads",
  addOptions: () => ({ address: "", token: () => "" }),
  addStorage() {
    return { send: (file) => send(this.options, file) };
  },
  addProseMirrorPlugins() {
    const { editor } = this;
    return [
      new Plugin({
        key: places,
        state: { init: () => DecorationSet.empty, apply: mark },
        props: {
          decorations: (state) => places.getState(state),
          handleDrop(view, event, slice, isMoved) {
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
            return !isMoved && take(editor, event.dataTransfer, at?.pos ?? view.state.selection.to);
          },
          handlePaste: ({ state }, { clipboardData }) =>
            !hasWords(clipboardData) && take(editor, clipboardData, state.selection.to),
        },
      }),
    ];
  },
});

/* Sends a file to the archive of pictures; resolves to the picture, or rejects with what to say. */
export const upload = (editor, file) => editor.storage.uploads.send(file);

/* Keeps the places of pictures that are on their way, whatever is written meanwhile. */
function mark(change, shown) {
  const { begun, ended } = change.getMeta(places) ?? {};
  const moved = shown.map(change.mapping, change.doc);
  if (begun) {
    const note = make("span", { class: "uploading", role: "status" }, `Uploading ${begun.name}…`);
    return moved.add(change.doc, [Decoration.widget(begun.position, note, { id: begun.id })]);
  }
  return ended ? moved.remove(moved.find(null, null, (each) => each.id === ended)) : moved;
}

/* Whether there were files. One that is no picture is refused, or the browser would open it. */
function take(editor, transfer, position) {
  const files = [...(transfer?.files ?? [])];
  for (const file of files) {
    if (file.type.startsWith("image/")) uploadInto(editor, file, position);
    else notify(editor, `“${file.name}” is no picture, and a text holds no other files.`);
  }
  return files.length > 0;
}

async function send({ address, token }, file) {
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

async function uploadInto(editor, file, position) {
  const id = {};
  const tell = (what) => {
    const change = editor.state.tr.setMeta(places, what).setMeta("addToHistory", false);
    editor.view.dispatch(change);
  };
  tell({ begun: { id, position, name: file.name } });
  try {
    const picture = await upload(editor, file);
    const [place] = places.getState(editor.state).find(null, null, (each) => each.id === id);
    tell({ ended: id });
    if (place) insertFigure(editor, picture, picture.is_decorative ? "" : picture.alt || null, place.from);
  } catch (error) {
    tell({ ended: id });
    notify(editor, `“${file.name}” was not uploaded. ${error.message}`);
  }
}
