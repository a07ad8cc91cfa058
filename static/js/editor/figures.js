/* Pictures with their captions, and pictures among words. */
import { Node } from "django-prose-editor/editor";

import { make } from "newsroom-editor/elements";
import { describePicture } from "newsroom-editor/picture-dialogs";

const attribute = (name) => ({ default: null, parseHTML: (element) => element.getAttribute(name) });
const MISSING = "No alternative text: say what it shows";
const DECORATIVE = "Decorative: screen readers skip it";
const PICTURES = ["image", "inlineImage"];
const PICTURE = { src: attribute("src"), alt: attribute("alt"), width: attribute("width"), height: attribute("height") };

/* One picture, then nothing or its caption: what most figures are. */
const isPlain = (figure) => {
  const [picture, caption, ...others] = figure.children;
  return (
    picture?.localName === "img" &&
    (!caption || caption.localName === "figcaption") &&
    others.length === 0 &&
    [...figure.childNodes].every((node) => node.nodeType !== 3 || !node.data.trim())
  );
};

const Figure = Node.create({
  name: "figure",
  group: "block",
  content: "image caption",
  draggable: true,
  isolating: true,
  parseHTML: () => [{ tag: "figure", priority: 60, getAttrs: (figure) => isPlain(figure) && null }],
  renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return {
      // Into what a picture that is selected tells; from its caption on to the text below.
      Enter: () => {
        const { $from, from, node } = this.editor.state.selection;
        if (PICTURES.includes(node?.type.name)) {
          describePicture(this.editor, from);
          return true;
        }
        if (node?.type.name !== "figure" && $from.parent.type.name !== "caption") return false;
        const after = node ? from + node.nodeSize : $from.after(-1);
        return this.editor.chain().insertContentAt(after, { type: "paragraph" }).focus(after + 1).run();
      },
      Backspace: () => {
        const { $from, empty } = this.editor.state.selection;
        if (!empty || $from.parent.type.name !== "caption" || $from.parentOffset) return false;
        return this.editor.commands.setNodeSelection($from.before(-1));
      },
    };
  },
});

/* Any other figure: several pictures, a table, a picture in a link. */
const LooseFigure = Node.create({
  name: "looseFigure",
  group: "block",
  content: "(block | caption)+",
  isolating: true,
  parseHTML: () => [{ tag: "figure" }],
  renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes, 0],
});

const Caption = Node.create({
  name: "caption",
  content: "inline*",
  isolating: true,
  parseHTML: () => [{ tag: "figcaption" }],
  renderHTML: ({ HTMLAttributes }) => ["figcaption", HTMLAttributes, 0],
});

/* Shows below a picture what those who cannot see it are told, and leads to the dialog for it. */
function pictureView({ node, editor, getPos }) {
  const picture = make("img", {});
  const words = make("span", { class: "alternative" });
  const describe = () => describePicture(editor, getPos());
  const change = make("button", { type: "button", class: "describe", click: describe }, words);
  const tag = node.isInline ? "span" : "div";
  const dom = make(tag, { class: "picture", contenteditable: "false" }, picture, change);
  const draw = ({ attrs }) => {
    for (const name of ["src", "alt", "width", "height"]) {
      if (attrs[name] === null) picture.removeAttribute(name);
      else if (picture.getAttribute(name) !== attrs[name]) picture.setAttribute(name, attrs[name]);
    }
    change.classList.toggle("missing", attrs.alt === null);
    const isMissing = attrs.alt === null;
    words.textContent = isMissing ? MISSING : attrs.alt || DECORATIVE;
    change.setAttribute("aria-label", `Alternative text: ${isMissing ? "missing" : attrs.alt || "decorative"}. Change`);
  };
  draw(node);
  return {
    dom,
    update: (next) => next.type === node.type && (draw(next), true),
    ignoreMutation: () => true,
    stopEvent: (event) => change.contains(event.target),
  };
}

const picture = (name, placement, rule) =>
  Node.create({
    name,
    ...placement,
    addAttributes: () => PICTURE,
    parseHTML: () => [rule],
    renderHTML: ({ HTMLAttributes }) => ["img", HTMLAttributes],
    addNodeView: () => pictureView,
  });

const Image = picture("image", { draggable: false }, { tag: "img", context: "figure/", priority: 60 });
const InlineImage = picture("inlineImage", { inline: true, group: "inline", draggable: true }, { tag: "img" });

export const FIGURES = [Figure, LooseFigure, Caption, Image, InlineImage];
