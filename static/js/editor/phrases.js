/* What marks words within a block, links apart. Every element that articles.text.body lets in is
   kept, those without a button too. */
import { Bold, Italic, Mark, Strike, Subscript, Superscript, mergeAttributes } from "django-prose-editor/editor";

/* A mark that two elements stand for keeps the one it was read from. */
const ofEither = (mark, usual, other) =>
  mark.extend({
    addAttributes() {
      const parseHTML = ({ localName }) => (localName === other ? other : usual);
      return { tag: { default: usual, rendered: false, parseHTML } };
    },
    parseHTML: () => [{ tag: usual }, { tag: other }],
    renderHTML: ({ mark: { attrs }, HTMLAttributes }) => [attrs.tag, HTMLAttributes, 0],
  });

const onlyTagged = (mark, tag) =>
  mark.extend({
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
  });

const attribute = (name) => ({ default: null, parseHTML: (element) => element.getAttribute(name) });

const plain = (tag, attributes = [], accepts = () => true) =>
  Mark.create({
    name: tag,
    excludes: "",
    addAttributes: () => Object.fromEntries(attributes.map((name) => [name, attribute(name)])),
    parseHTML: () => [{ tag, getAttrs: (element) => accepts(element) && null }],
    renderHTML: ({ HTMLAttributes }) => [tag, mergeAttributes(HTMLAttributes), 0],
  });

const saysLanguage = (span) => span.hasAttribute("lang") || span.hasAttribute("dir");

/* The first stands outermost when several mark the same words. */
export const PHRASES = [
  plain("ins"),
  plain("del"),
  plain("span", [], saysLanguage),
  plain("bdi"),
  plain("q"),
  plain("cite"),
  plain("abbr", ["title"]),
  plain("time", ["datetime"]),
  plain("small"),
  plain("mark"),
  ofEither(Bold, "strong", "b"),
  ofEither(Italic, "em", "i"),
  plain("u"),
  onlyTagged(Strike, "s"),
  onlyTagged(Subscript, "sub"),
  onlyTagged(Superscript, "sup"),
  plain("code"),
];
