/* The blocks of a body, each as articles.text.body lets it in: nothing that may stand in a stored
   body is without a place here, or the editor would drop it. */
import {
  Blockquote,
  BulletList,
  Document,
  HardBreak,
  Heading,
  HorizontalRule,
  ListItem,
  Node,
  OrderedList,
  Paragraph,
  Text,
  wrappingInputRule,
} from "django-prose-editor/editor";

/* Elements whose text may stand in them without a paragraph around it. */
const BARE_INSIDE = "li, dd, td, th, blockquote, figure, aside";

/* Theirs are of Ctrl and Alt, which together are AltGr: on many keyboards they type a character. */
const NO_KEYS = () => ({});

/* ``isTagged`` tells the paragraph of ``<li><p>…</p></li>`` from that of ``<li>…</li>``. In the
   editor both have a ``p``; so that a copy is told apart too, one says so. */
const isTagged = {
  default: false,
  parseHTML: (element) => !element.hasAttribute("data-bare") && Boolean(element.closest(BARE_INSIDE)),
  renderHTML: (attributes) => (attributes.isTagged ? { "data-tagged": "" } : {}),
};

const BodyParagraph = Paragraph.extend({
  addKeyboardShortcuts: NO_KEYS,
  addAttributes: () => ({ isTagged }),
});

const BodyHeading = Heading.extend({
  addKeyboardShortcuts: NO_KEYS,
  parseHTML() {
    return [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: level < 3 ? 2 : 3 } }));
  },
}).configure({ levels: [2, 3] });

const NumberedList = OrderedList.extend({
  addAttributes() {
    return {
      start: { default: null, parseHTML: (list) => list.getAttribute("start") },
      reversed: { default: null, parseHTML: (list) => list.getAttribute("reversed") },
    };
  },
  renderHTML({ HTMLAttributes }) {
    return ["ol", HTMLAttributes, 0];
  },
  addNodeView() {
    return null;
  },
  addInputRules() {
    return [wrappingInputRule({ find: /^1[.)]\s$/, type: this.type })];
  },
});

const DefinitionList = Node.create({
  name: "definitionList",
  group: "block",
  content: "(term | definition)+",
  parseHTML: () => [{ tag: "dl" }],
  renderHTML: ({ HTMLAttributes }) => ["dl", HTMLAttributes, 0],
});

const Term = Node.create({
  name: "term",
  content: "inline*",
  defining: true,
  parseHTML: () => [{ tag: "dt" }],
  renderHTML: ({ HTMLAttributes }) => ["dt", HTMLAttributes, 0],
});

const Definition = Node.create({
  name: "definition",
  content: "block+",
  defining: true,
  parseHTML: () => [{ tag: "dd" }],
  renderHTML: ({ HTMLAttributes }) => ["dd", HTMLAttributes, 0],
});

const Preformatted = Node.create({
  name: "preformatted",
  group: "block",
  content: "inline*",
  whitespace: "pre",
  defining: true,
  parseHTML: () => [{ tag: "pre", preserveWhitespace: "full" }],
  renderHTML: ({ HTMLAttributes }) => ["pre", HTMLAttributes, 0],
  addKeyboardShortcuts() {
    const newLine = { type: "text", text: "\n" };
    return { Enter: () => this.editor.isActive(this.name) && this.editor.commands.insertContent(newLine) };
  },
});

/* What stands aside and is no pull quote. */
const Aside = Node.create({
  name: "aside",
  group: "block",
  content: "block+",
  defining: true,
  parseHTML: () => [{ tag: "aside" }],
  renderHTML: ({ HTMLAttributes }) => ["aside", HTMLAttributes, 0],
});

export const BLOCKS = [
  Document,
  Text,
  BodyParagraph,
  BodyHeading,
  Blockquote,
  BulletList,
  NumberedList,
  ListItem,
  DefinitionList,
  Term,
  Definition,
  Preformatted,
  Aside,
  HorizontalRule,
  HardBreak,
];
