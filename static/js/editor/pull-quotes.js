/* A pull quote: ``<aside><blockquote>…</blockquote><p>…</p></aside>``, the second being who said
   it, which may be missing. */
import { Node, pm } from "django-prose-editor/editor";

const { TextSelection } = pm.state;

const isPullQuote = (aside) => {
  const [words, source, ...others] = aside.children;
  return (
    words?.localName === "blockquote" &&
    (!source || source.localName === "p") &&
    others.length === 0 &&
    [...aside.childNodes].every((node) => node.nodeType !== 3 || !node.data.trim()) &&
    ![...words.children].some((child) => /^(ul|ol|dl|table|figure|blockquote|h[23]|aside|pre|hr)$/.test(child.localName))
  );
};

const PullQuote = Node.create({
  name: "pullQuote",
  group: "block",
  content: "pullWords pullSource",
  defining: true,
  isolating: true,
  draggable: true,
  parseHTML: () => [{ tag: "aside", priority: 60, getAttrs: (aside) => isPullQuote(aside) && null }],
  renderHTML: ({ HTMLAttributes }) => ["aside", HTMLAttributes, 0],

  addCommands() {
    return {
      /* Sets the selected words apart as a pull quote below their paragraph; they stay in it too. */
      insertPullQuote: () => ({ state, tr, dispatch }) => {
        const { $from, from, to } = state.selection;
        if ($from.depth && $from.node(1).type === this.type) return false;
        if (!dispatch) return true;
        const { pullWords, pullSource, paragraph } = state.schema.nodes;
        const text = state.doc.textBetween(from, to, " ").trim();
        const words = paragraph.create(null, text ? state.schema.text(text) : null);
        const quote = this.type.create(null, [pullWords.create(null, words), pullSource.create()]);
        const block = $from.depth ? $from.node(1) : null;
        const [start, end] = block ? [$from.before(1), $from.after(1)] : [to, to];
        const isBlank = block?.isTextblock && !block.content.size;
        const position = isBlank ? start : end;
        tr.replaceWith(position, isBlank ? end : position, quote).scrollIntoView();
        // Into the words, or when they are there to who said them.
        tr.setSelection(TextSelection.near(tr.doc.resolve(position + (text ? words.nodeSize + 4 : 3))));
        return true;
      },
    };
  },

  addKeyboardShortcuts() {
    const inside = (name) => this.editor.isActive(name) && this.editor.state.selection.empty;
    return {
      // From the words to who said them, and on to the text below.
      Enter: () => {
        const { $from } = this.editor.state.selection;
        if (inside("pullSource")) return this.editor.commands.leavePullQuote();
        if (!inside("pullWords") || $from.parent.content.size || $from.node(-1).childCount === 1) return false;
        return this.editor.commands.command(({ tr }) => {
          tr.delete($from.before(), $from.after());
          tr.setSelection(TextSelection.near(tr.doc.resolve($from.before() + 2)));
          return true;
        });
      },
      Backspace: () => {
        const { $from } = this.editor.state.selection;
        if (!inside("pullWords") || $from.parentOffset || $from.node(-2).textContent) return false;
        return this.editor.commands.deleteNode(this.name);
      },
      "Mod-Enter": () => this.editor.isActive(this.name) && this.editor.commands.leavePullQuote(),
    };
  },
});

const PullWords = Node.create({
  name: "pullWords",
  content: "paragraph+",
  defining: true,
  parseHTML: () => [{ tag: "blockquote", context: "pullQuote/", priority: 60 }],
  renderHTML: ({ HTMLAttributes }) => ["blockquote", HTMLAttributes, 0],
});

const PullSource = Node.create({
  name: "pullSource",
  content: "inline*",
  defining: true,
  parseHTML: () => [{ tag: "p", context: "pullQuote/", priority: 60 }],
  renderHTML: ({ HTMLAttributes }) => ["p", HTMLAttributes, 0],
  addCommands() {
    return {
      leavePullQuote: () => ({ state, tr, dispatch }) => {
        const { $from } = state.selection;
        let depth = $from.depth;
        while (depth && $from.node(depth).type.name !== "pullQuote") depth -= 1;
        if (!depth) return false;
        if (!dispatch) return true;
        const after = $from.after(depth);
        if (!tr.doc.resolve(after).nodeAfter?.isTextblock) tr.insert(after, state.schema.nodes.paragraph.create());
        tr.setSelection(TextSelection.near(tr.doc.resolve(after + 1))).scrollIntoView();
        return true;
      },
    };
  },
});

export const PULL_QUOTES = [PullQuote, PullWords, PullSource];
