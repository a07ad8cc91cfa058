/* Puts pictures into the text. */

/* Where nothing but their own parts has room. */
const CLOSED = new Set(["figure", "looseFigure", "pullQuote", "captionedTable"]);

/* Puts a figure at ``position``, or over the selection. ``alt`` is null while nobody has said what
   the picture shows, "" when it is decorative. */
export function insertFigure(editor, picture, alt, position = null) {
  const { caption, image, figure } = editor.schema.nodes;
  const attrs = { src: picture.src, alt, width: String(picture.width), height: String(picture.height) };
  const node = figure.create(null, [image.create(attrs), caption.create(null, captionOf(editor.schema, picture))]);
  const { doc, selection } = editor.state;
  const over = { from: outside(doc, selection.from), to: outside(doc, selection.to) };
  editor.chain().insertContentAt(position === null ? over : outside(doc, position), node.toJSON()).run();
}

/* The caption, and in small type the credit. */
function captionOf(schema, { caption, credit }) {
  if (caption && credit) return [schema.text(`${caption} `), schema.text(credit, [schema.marks.small.create()])];
  return caption || credit ? [schema.text(caption || credit)] : [];
}

function outside(doc, position) {
  const place = doc.resolve(position);
  return place.depth && CLOSED.has(place.node(1).type.name) ? place.after(1) : position;
}
