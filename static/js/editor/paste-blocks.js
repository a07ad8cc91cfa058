/* Blocks of pasted text: whatever parts it, divisions, line breaks, tables for the looks, becomes
   paragraphs; lists are put in order, and what is empty goes. */

const names = (list) => new Set(list.split(" "));
const BLOCKS = names(
  "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table caption thead tbody tfoot tr td th figure figcaption hr",
);
const FLOWS = names(
  "div section article main header footer aside form fieldset details summary center body hgroup search",
);
/* Hold blocks, or text without a paragraph. */
const CELLS = "li, td, th, blockquote, dd";
const EMPTY = "p, h2, h3, li, blockquote, figcaption, ul, ol, figure, strong, em, s, sup, sub, a";

const is = (set, node) => set.has(node.localName);
const isAnyBlock = (node) => is(BLOCKS, node) || is(FLOWS, node);
const isBlank = (node) => (node.nodeType === 3 ? !node.data.replaceAll("\u00a0", " ").trim() : false);

export function toBlocks(body) {
  tidyCharacters(body);
  for (const table of [...body.querySelectorAll("table")]) if (isLayout(table)) spreadOut(table);
  nestLists(body);
  const isInline = ![...body.querySelectorAll("*")].some(isAnyBlock);
  if (!isInline || body.querySelector("br + br")) body.replaceChildren(...blocksOf(body));
  for (const cell of body.querySelectorAll(CELLS)) bare(cell, blocksOf(cell));
  joinLists(body);
  // From the inside, since what holds nothing but the empty is empty too.
  for (const each of [...body.querySelectorAll(EMPTY)].reverse()) {
    if (!each.textContent.trim() && !each.querySelector("img, td, th, hr")) each.remove();
  }
}

/* The blocks that stand in ``container``, with its loose text in paragraphs. */
function blocksOf(container) {
  const found = [];
  let run = [];
  const flush = () => {
    found.push(...paragraphs(run, container.ownerDocument));
    run = [];
  };
  for (const node of [...container.childNodes]) {
    const holdsBlocks = node.nodeType === 1 && [...node.querySelectorAll("*")].some(isAnyBlock);
    if (node.localName === "p") {
      flush();
      found.push(...(holdsBlocks ? blocksOf(node) : paragraphs([...node.childNodes], container.ownerDocument)));
    } else if (is(BLOCKS, node)) {
      flush();
      found.push(node);
    } else if (is(FLOWS, node) || holdsBlocks) {
      flush();
      found.push(...blocksOf(node));
    } else run.push(node);
  }
  flush();
  return found;
}

/* Paragraphs of text in which two line breaks in a row part one from the next. */
function paragraphs(nodes, document) {
  const parts = [[]];
  let breaks = [];
  for (const node of nodes) {
    if (node.localName === "br") breaks.push(node);
    else if (breaks.length && isBlank(node)) continue;
    else {
      if (breaks.length > 1) parts.push([]);
      else if (breaks.length && parts.at(-1).length) parts.at(-1).push(...breaks);
      breaks = [];
      parts.at(-1).push(node);
    }
  }
  return parts.filter((part) => part.some((node) => !isBlank(node))).map((part) => {
    const paragraph = document.createElement("p");
    paragraph.append(...part);
    return paragraph;
  });
}

/* A cell with one paragraph holds its text without it. */
function bare(cell, blocks) {
  const texts = blocks.filter(({ localName }) => localName === "p");
  const parts = blocks.flatMap((block) => (texts.length === 1 && block === texts[0] ? [...block.childNodes] : [block]));
  cell.replaceChildren(...parts);
}

/* Mails and old pages lay their text out in tables of one column, or of tables. */
const isLayout = (table) =>
  table.querySelector("table") !== null ||
  (!table.querySelector("th") && [...table.rows].every((row) => row.cells.length < 2));

function spreadOut(table) {
  const division = table.ownerDocument.createElement("div");
  for (const cell of [...table.querySelectorAll("td, th, caption")].filter((each) => each.closest("table") === table)) {
    const part = table.ownerDocument.createElement("div");
    part.append(...cell.childNodes);
    division.append(part);
  }
  table.replaceWith(division);
}

/* Google Docs puts a list beside the item that it belongs into. */
function nestLists(body) {
  for (const list of [...body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")]) {
    const item = list.previousElementSibling;
    if (item?.localName === "li") item.append(list);
    else {
      const holder = body.ownerDocument.createElement("li");
      list.before(holder);
      holder.append(list);
    }
  }
}

/* Word on the web makes a list of each item. */
function joinLists(body) {
  for (const list of [...body.querySelectorAll("ul + ul, ol + ol")]) {
    const before = list.previousElementSibling;
    const between = list.previousSibling;
    const continues = list.localName === "ul" || Number(list.getAttribute("start")) === before.children.length + 1;
    if (continues && (between === before || isBlank(between))) {
      before.append(...list.childNodes);
      list.remove();
    }
  }
}

/* Without soft hyphens and marks of no width; a hard space stays only between two words. Those that
   join letters, which Persian and Urdu need, stay. */
function tidyCharacters(body) {
  const texts = body.ownerDocument.createNodeIterator(body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (text.parentElement.closest("pre")) continue;
    const whole = text.data.replace(/[\u00ad\u200b\u2060\ufeff]/g, "").replace(/[\s\u00a0]{2,}/g, " ");
    const data = whole.replace(/^\u00a0|\u00a0$/g, " ");
    if (data !== text.data) text.data = data;
  }
}
