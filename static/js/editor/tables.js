/* Tables: rows that remember the part they stood in, header cells, a caption. */
import { Node, Table, TableCell, TableHeader, TableRow } from "django-prose-editor/editor";

const spans = {
  colspan: { default: 1 },
  rowspan: { default: 1 },
  colwidth: { default: null, rendered: false, parseHTML: () => null },
};

const withoutOnes = ({ colspan, rowspan, ...others }) => ({
  ...others,
  ...(colspan > 1 && { colspan }),
  ...(rowspan > 1 && { rowspan }),
});

const BodyTable = Table.extend({
  renderHTML: ({ HTMLAttributes }) => ["table", HTMLAttributes, ["tbody", 0]],
  addNodeView: () => null,
});

/* The name of the element that the row stood in, null for a row that was made here. In the editor
   all stand in one; so that a copy keeps it, each says it. */
const part = {
  default: null,
  parseHTML: (row) => (row.dataset.part ?? row.parentElement?.localName) || null,
  renderHTML: (attributes) => ({ "data-part": attributes.part }),
};

const BodyRow = TableRow.extend({ addAttributes: () => ({ part }) });

const BodyCell = TableCell.extend({
  addAttributes: () => spans,
  renderHTML: ({ HTMLAttributes }) => ["td", withoutOnes(HTMLAttributes), 0],
});

const HeaderCell = TableHeader.extend({
  addAttributes: () => ({ ...spans, scope: { default: null } }),
  renderHTML: ({ HTMLAttributes }) => ["th", withoutOnes(HTMLAttributes), 0],
});

/* The editor's tables hold nothing but rows, so a caption stands with its table in a node of its
   own, which is read from the elements that ``prepare`` makes. */
const CaptionedTable = Node.create({
  name: "captionedTable",
  group: "block",
  content: "tableCaption table",
  parseHTML: () => [{ tag: "div[data-captioned]" }],
  renderHTML: () => ["div", { "data-captioned": "" }, 0],
  addCommands() {
    return {
      toggleTableCaption: () => ({ state, tr, dispatch }) => {
        const found = around(state, "table");
        if (!found) return false;
        const { node, position, depth } = found;
        const { captionedTable, tableCaption } = state.schema.nodes;
        if (!dispatch) return true;
        if (state.selection.$from.node(depth - 1).type === captionedTable) {
          const start = state.selection.$from.before(depth - 1);
          tr.replaceWith(start, start + state.selection.$from.node(depth - 1).nodeSize, node);
        } else {
          tr.replaceWith(position, position + node.nodeSize, captionedTable.create(null, [tableCaption.create(), node]));
          tr.setSelection(state.selection.constructor.near(tr.doc.resolve(position + 2)));
        }
        return true;
      },
    };
  },
});

const TableCaption = Node.create({
  name: "tableCaption",
  content: "inline*",
  isolating: true,
  parseHTML: () => [{ tag: "div[data-caption]" }],
  renderHTML: ({ HTMLAttributes }) => ["div", { "data-caption": "", ...HTMLAttributes }, 0],
});

function around(state, name) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type.name === name) return { node: $from.node(depth), position: $from.before(depth), depth };
  }
  return null;
}

export const TABLES = [BodyTable, BodyRow, BodyCell, HeaderCell, CaptionedTable, TableCaption];
