/* The body as HTML, read into the editor's document and written out again.

   A block that nobody touched is written as it was read, to the letter. One that was edited is
   written in the canonical spelling of articles.text.body. */
import { pm } from "django-prose-editor/editor";

import { bodyOf } from "newsroom-editor/reading";

const { DOMParser: Reader, DOMSerializer } = pm.model;

const BLOCK = /^(p|h[1-6]|ul|ol|dl|li|dt|dd|blockquote|pre|figure|figcaption|table|aside|hr|div)$/;
/* What HTML takes for white space; a hard space is text. */
const WHITE = /^[\t\n\f\r ]*$/;
/* The nodes in which a paragraph's text may stand bare. */
const BARE_INSIDE = new Set([
  "listItem", "definition", "tableCell", "tableHeader", "blockquote", "pullWords", "looseFigure", "aside",
]);
/* Left out when nothing was written in them. */
const OPTIONAL = new Set(["caption", "pullSource", "tableCaption"]);

/* Nothing is loaded or run in it. */
const INERT = document.implementation.createHTMLDocument("");

export class WrittenBody {
  constructor(schema, html) {
    const reader = Reader.fromSchema(schema);
    this.html = html;
    this.pieces = pieces(html).map((elements) => read(reader, elements));
    this.byNode = new Map(this.pieces.map((piece) => [piece.nodes[0], piece]));
    const nodes = this.pieces.flatMap((piece) => piece.nodes);
    this.doc = schema.nodes.doc.createAndFill(null, nodes);
    this.nodes = this.filled(this.doc);
  }

  /* The HTML of what ``doc`` holds by now. */
  write(doc) {
    const nodes = this.filled(doc);
    const isSame = nodes.length === this.nodes.length && nodes.every((node, index) => node.eq(this.nodes[index]));
    if (isSame) return this.html;
    let html = "";
    for (let index = 0; index < nodes.length; ) {
      const piece = this.pieceAt(nodes, index);
      html += piece ? piece.html : markup(nodes[index]);
      index += piece ? piece.nodes.length : 1;
    }
    return html;
  }

  /* The blocks of ``doc`` without the paragraphs that are there to be written in. */
  filled(doc) {
    const isFilled = (node) => node.content.size || node.type.name !== "paragraph" || this.byNode.has(node);
    return doc.content.content.filter(isFilled);
  }

  pieceAt(nodes, index) {
    const piece = this.byNode.get(nodes[index]) ?? this.pieces.find((each) => each.nodes[0].eq(nodes[index]));
    return piece?.nodes.every((node, offset) => nodes[index + offset]?.eq(node)) ? piece : null;
  }
}

/* A node and all that is in it, as HTML. */
export function markup(node) {
  return element(node).outerHTML;
}

/* The top of a body, cut before each block and before each run of text without one. */
function pieces(html) {
  const found = [];
  for (const node of [...bodyOf(html).childNodes]) {
    const last = found.at(-1);
    const isBlank = node.nodeType === 3 && WHITE.test(node.data);
    const continues = last && !isBlock(node) && (isBlank || !isBlock(last[0]));
    if (continues) last.push(node);
    else if (!isBlank) found.push([node]);
  }
  return found;
}

const isBlock = (node) => BLOCK.test(node.localName ?? "");

function read(reader, elements) {
  const holder = INERT.createElement("div");
  holder.append(...elements);
  const html = holder.innerHTML;
  prepare(holder);
  return { html, nodes: reader.parse(holder).content.content };
}

/* Makes a document fit to be read into the schema: captions stand beside their tables, and every
   item of a list begins with a paragraph, if an empty one. */
export function prepare(root) {
  for (const caption of root.querySelectorAll("table > caption")) setApart(caption);
  for (const item of root.querySelectorAll("li")) {
    const first = [...item.childNodes].find((node) => node.nodeType !== 3 || !WHITE.test(node.data));
    if (first && isBlock(first) && first.localName !== "p") item.prepend(root.ownerDocument.createElement("p"));
  }
}

function setApart(caption) {
  const { ownerDocument, parentElement: table } = caption;
  const words = ownerDocument.createElement("div");
  words.dataset.caption = "";
  for (const name of ["lang", "dir"]) {
    if (caption.hasAttribute(name)) words.setAttribute(name, caption.getAttribute(name));
  }
  words.append(...caption.childNodes);
  caption.remove();
  const both = ownerDocument.createElement("div");
  both.dataset.captioned = "";
  table.replaceWith(both);
  both.append(words, table);
}

function element(node) {
  if (node.type.name === "captionedTable") return captionedTable(node);
  const { dom, contentDOM } = DOMSerializer.renderSpec(INERT, node.type.spec.toDOM(node));
  // What the editor notes for itself.
  for (const name of dom.getAttributeNames()) if (name.startsWith("data-")) dom.removeAttribute(name);
  if (node.type.name === "table") dom.replaceChildren(...tableParts(node));
  else if (node.inlineContent) writeInline(contentDOM, runs(node));
  else if (!node.isLeaf) writeBlocks(contentDOM, node);
  return dom;
}

function writeBlocks(parent, node) {
  node.forEach((child, _, index) => {
    if (OPTIONAL.has(child.type.name) && !child.content.size) return;
    if (isBare(node, index)) writeInline(parent, runs(child));
    else parent.append(element(child));
  });
}

function isBare(node, index) {
  const isUntagged = (child) => child?.type.name === "paragraph" && !child.attrs.isTagged;
  const { lang, dir } = node.child(index).attrs;
  return (
    BARE_INSIDE.has(node.type.name) &&
    isUntagged(node.child(index)) &&
    !isUntagged(node.maybeChild(index - 1)) &&
    !isUntagged(node.maybeChild(index + 1)) &&
    !lang &&
    !dir
  );
}

function captionedTable(node) {
  const table = element(node.child(1));
  const words = node.child(0);
  if (words.content.size) {
    const caption = INERT.createElement("caption");
    for (const name of ["lang", "dir"]) if (words.attrs[name]) caption.setAttribute(name, words.attrs[name]);
    writeInline(caption, runs(words));
    table.prepend(caption);
  }
  return table;
}

/* Rows that were made here are a head when they begin the table and are all header cells. */
function tableParts(table) {
  const parts = [];
  let isHead = true;
  table.forEach((row) => {
    isHead &&= row.content.content.every((cell) => cell.type.name === "tableHeader");
    const name = row.attrs.part ?? (isHead ? "thead" : "tbody");
    if (parts.at(-1)?.localName !== name) parts.push(INERT.createElement(name));
    parts.at(-1).append(element(row));
  });
  return parts;
}

const runs = (block) => block.content.content.map((node) => ({ node, marks: node.marks }));

/* Writes what marks the most words in a row outermost, so that no quotation or link falls apart. */
function writeInline(parent, nodes) {
  for (let start = 0; start < nodes.length; ) {
    const { node, marks } = nodes[start];
    let outermost = null;
    let end = start + 1;
    for (const mark of marks) {
      let reach = start + 1;
      while (reach < nodes.length && mark.isInSet(nodes[reach].marks)) reach += 1;
      if (!outermost || reach > end) [outermost, end] = [mark, reach];
    }
    if (outermost) {
      const { dom, contentDOM } = DOMSerializer.renderSpec(INERT, outermost.type.spec.toDOM(outermost, true));
      const unmarked = (each) => ({ node: each.node, marks: outermost.removeFromSet(each.marks) });
      writeInline(contentDOM ?? dom, nodes.slice(start, end).map(unmarked));
      parent.append(dom);
    } else {
      parent.append(node.isText ? node.text : element(node));
    }
    start = end;
  }
}
