/* What Word alone writes: lists made of paragraphs, tracked changes, comments, elements of other
   namespaces. Its HTML keeps what Word needs to read it back in styles of the prefix ``mso-``. */
import { unwrap } from "newsroom-editor/paste-marks";

const LEVEL = /mso-list:\s*\S+\s+level(\d+)/i;
const MARKER = /mso-list:\s*ignore/i;
const NUMBERED = /^\s*(\d+|[a-z]|[ivxlc]+)[.)]/i;
const COMMENTS = ".MsoCommentReference, .msocomanchor, [data-style*='mso-element:comment']";

const styleOf = (element) => element.dataset.style ?? "";

export function fromWord(body) {
  for (const each of body.querySelectorAll(COMMENTS)) each.remove();
  acceptChanges(body);
  makeLists(body);
  // Smart tags, empty paragraphs' o:p and the like.
  for (const each of body.querySelectorAll("*")) if (each.localName.includes(":")) unwrap(each);
}

/* A tracked change names its author or time: what was deleted is not pasted. */
function acceptChanges(body) {
  const isTracked = ({ attributes, className }) =>
    Boolean(attributes.cite || attributes.datetime) || /^mso(Ins|Del)$/i.test(className);
  for (const each of body.querySelectorAll("del, .msoDel")) if (isTracked(each)) each.remove();
  for (const each of body.querySelectorAll("ins, .msoIns")) if (isTracked(each)) unwrap(each);
}

function makeLists(body) {
  let open = []; // the lists that the paragraph before stands in, outermost first
  let before = null;
  for (const paragraph of body.querySelectorAll("p, h1, h2, h3, h4, h5, h6, div")) {
    const level = Number(LEVEL.exec(styleOf(paragraph))?.[1] ?? 0);
    const markers = [...paragraph.querySelectorAll("span")].filter((span) => MARKER.test(styleOf(span)));
    const marker = markers.map((span) => span.textContent).join("");
    for (const span of markers) span.remove();
    if (!level || !/^(p|div)$/.test(paragraph.localName)) continue;
    if (!before || !follows(paragraph, before)) open = [];
    open = open.slice(0, level);
    const tag = NUMBERED.test(marker) ? "ol" : "ul";
    if (open.length === level && open.at(-1).localName !== tag) open.pop();
    while (open.length < level) {
      const list = body.ownerDocument.createElement(tag);
      const around = open.at(-1)?.lastElementChild;
      if (around) around.append(list);
      else if (open.length) {
        const item = body.ownerDocument.createElement("li");
        open.at(-1).append(item);
        item.append(list);
      } else paragraph.before(list);
      open.push(list);
    }
    const item = body.ownerDocument.createElement("li");
    item.append(...paragraph.childNodes);
    open.at(-1).append(item);
    paragraph.remove();
    [before] = open;
  }
}

/* Whether nothing but white space stands between. */
function follows(paragraph, list) {
  let node = paragraph.previousSibling;
  while (node && node.nodeType === 3 && !node.data.trim()) node = node.previousSibling;
  return node === list;
}
