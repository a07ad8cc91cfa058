/* What is pasted: text that comes from another program becomes what an article is made of. */
import { Extension, pm } from "django-prose-editor/editor";

import { addressIn } from "newsroom-editor/links";
import { notify } from "newsroom-editor/notices";
import { toBlocks } from "newsroom-editor/paste-blocks";
import { tidyLinks, toMarks } from "newsroom-editor/paste-marks";
import { fromWord } from "newsroom-editor/paste-word";
import { bodyOf } from "newsroom-editor/reading";
import { prepare } from "newsroom-editor/written";

const { Plugin } = pm.state;
const { Fragment, Slice } = pm.model;

const GONE = `
  script, style, meta, link, base, title, template, noscript, iframe, object, embed, svg, math, canvas,
  video, audio, button, input, select, textarea, dialog, nav, colgroup, [hidden], [aria-hidden=true]`;
const INVISIBLE = /display:\s*none|visibility:\s*hidden|mso-hide:\s*all/i;
const KEPT = {
  a: ["href"],
  img: ["src", "alt", "width", "height"],
  td: ["colspan", "rowspan"],
  th: ["colspan", "rowspan", "scope"],
  ol: ["start"],
  time: ["datetime"],
  abbr: ["title"],
};
/* Where lines of plain text break because they were full, not because a paragraph ended. */
const FULL_LINE = 45;

export const Paste = Extension.create({
  name: "pastedText",
  addProseMirrorPlugins() {
    const { editor } = this;
    return [
      new Plugin({
        props: {
          transformPastedHTML(html) {
            const { markup, refused } = cleanPaste(html);
            if (refused) notify(editor, refusal(refused));
            return markup;
          },
          clipboardTextParser: (text, $context) => fromText(editor.schema, text, $context),
          handlePaste: (view, { clipboardData }) => linkSelection(editor, clipboardData?.getData("text/plain") ?? ""),
        },
      }),
    ];
  },
});

function refusal(number) {
  const pictures = number === 1 ? "A picture was" : `${number} pictures were`;
  return `${pictures} left out. Put pictures in by the Picture button, so that they are kept with the archive.`;
}

/* Foreign HTML as HTML of blocks and marks, and how many pictures were refused. */
export function cleanPaste(html) {
  const body = bodyOf(html);
  const isOwn = Boolean(body.querySelector("[data-pm-slice]"));
  const refused = refusePictures(body, isOwn);
  if (isOwn) noteWhatWasBare(body);
  else {
    dropWhatIsNotText(body);
    fromWord(body);
    toMarks(body);
    tidyLinks(body);
    levelHeadings(body);
    toBlocks(body);
    stripAttributes(body);
    prepare(body);
  }
  return { markup: body.innerHTML, refused };
}

function dropWhatIsNotText(body) {
  const nodes = body.ownerDocument.createNodeIterator(body, NodeFilter.SHOW_COMMENT);
  for (let comment = nodes.nextNode(); comment; comment = nodes.nextNode()) comment.remove();
  for (const each of body.querySelectorAll(GONE)) each.remove();
  for (const each of body.querySelectorAll("[data-style]")) {
    if (INVISIBLE.test(each.dataset.style)) each.remove();
  }
}

/* In a copy from the editor every cell has a paragraph and every row stands in one part. */
function noteWhatWasBare(body) {
  for (const paragraph of body.querySelectorAll("p:not([data-tagged])")) paragraph.dataset.bare = "";
  for (const row of body.querySelectorAll("tr:not([data-part])")) row.dataset.part = "";
}

/* Only pictures of this site stay, and those copied within the text: others are not kept here, and
   call another site when they are read. */
function refusePictures(body, isOwn) {
  let refused = 0;
  for (const picture of body.querySelectorAll("img")) {
    const source = picture.getAttribute("src") ?? "";
    const address = URL.canParse(source, location.href) ? new URL(source, location.href) : null;
    const isWeb = /^https?:$/.test(address?.protocol ?? "");
    if (isWeb && address.origin === location.origin) picture.setAttribute("src", address.pathname + address.search);
    else if (!isWeb || !isOwn) {
      // A dot that counts readers is no picture.
      if (!["0", "1"].includes(picture.getAttribute("width"))) refused += 1;
      const figure = picture.closest("figure");
      picture.remove();
      if (figure && !figure.querySelector("img, table, blockquote, pre")) figure.remove();
    }
  }
  return refused;
}

/* Six levels to the two of an article; those that are of the two already stay. */
function levelHeadings(body) {
  const headings = [...body.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const highest = headings.map(({ localName }) => localName).sort()[0];
  if (headings.every(({ localName }) => localName === "h2" || localName === "h3")) return;
  for (const heading of headings) {
    const level = heading.localName === highest ? "h2" : "h3";
    const levelled = body.ownerDocument.createElement(level);
    levelled.append(...heading.childNodes);
    heading.replaceWith(levelled);
  }
}

function stripAttributes(body) {
  for (const each of body.querySelectorAll("*")) {
    for (const { name } of [...each.attributes]) {
      if (!KEPT[each.localName]?.includes(name)) each.removeAttribute(name);
    }
  }
}

/* Plain text: blank lines part paragraphs; where there are none, every line is one. */
function fromText(schema, text, $context) {
  const lines = text.replace(/\r\n?/g, "\n");
  const hasBlankLines = /\n[ \t]*\n/.test(lines.trim());
  const paragraphs = lines.split(hasBlankLines ? /\n[ \t]*\n\s*/ : /\n+/).map(unfold).filter(Boolean);
  const marks = $context.marks();
  const nodes = paragraphs.map((words) => {
    const lines = words.split("\n").flatMap((line, index) => [
      ...(index ? [schema.nodes.hardBreak.create()] : []),
      schema.text(line, marks),
    ]);
    return schema.nodes.paragraph.create(null, lines);
  });
  return Slice.maxOpen(Fragment.from(nodes));
}

function unfold(paragraph) {
  const lines = paragraph.split("\n").map((line) => line.trim()).filter(Boolean);
  const isFolded = lines.slice(0, -1).every((line) => line.length >= FULL_LINE);
  return lines.join(isFolded ? " " : "\n");
}

/* An address pasted over words becomes their link. */
function linkSelection(editor, text) {
  const { $from, empty } = editor.state.selection;
  const href = /^\s*(https?|mailto):\S+\s*$/.test(text) ? addressIn(text) : null;
  if (!href || empty || !$from.parent.inlineContent) return false;
  return editor.chain().setLink({ href }).run();
}
