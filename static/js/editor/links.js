/* Links: to places, people, organisations, tags and articles found by name, or to any address. */
import { Link } from "django-prose-editor/editor";

import { ask, field, insist, lack } from "newsroom-editor/dialog";
import { make } from "newsroom-editor/elements";
import { SearchBox } from "newsroom-editor/search-box";

const SCHEMES = new Set(["http", "https", "mailto", "tel"]);
const SCHEME = /^\s*([a-z][a-z0-9+.-]*):/i;
const MAIL = /^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/;
const DOMAIN = /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*\.\p{L}{2,}(:\d+)?([/?#]\S*)?$/u;

export const isAllowed = (href) => {
  const scheme = SCHEME.exec(href)?.[1];
  return !scheme || SCHEMES.has(scheme.toLowerCase());
};

/* The address that somebody meant who typed ``words``; null when they are none. */
export function addressIn(words) {
  const typed = words.trim();
  if (MAIL.test(typed)) return `mailto:${typed}`;
  if (typed.startsWith(`${location.origin}/`)) return typed.slice(location.origin.length);
  if (/^[/#]\S/.test(typed) || (SCHEME.test(typed) && isAllowed(typed) && !/\s/.test(typed))) return typed;
  return DOMAIN.test(typed) ? `https://${typed}` : null;
}

const attribute = (name) => ({ default: null, parseHTML: (element) => element.getAttribute(name) });

export const BodyLink = Link.extend({
  inclusive: () => false,
  addAttributes: () => ({ href: attribute("href"), title: attribute("title"), hreflang: attribute("hreflang") }),
  parseHTML: () => [{ tag: "a[href]", getAttrs: (link) => isAllowed(link.getAttribute("href")) && null }],
  renderHTML: ({ HTMLAttributes }) => ["a", HTMLAttributes, 0],
  addCommands() {
    return {
      ...this.parent?.(),
      editLink: () => ({ editor }) => {
        editLink(editor);
        return true;
      },
    };
  },
  addKeyboardShortcuts: () => ({ "Mod-k": ({ editor }) => editor.commands.editLink() }),
}).configure({ openOnClick: false, linkOnPaste: false, defaultProtocol: "https", isAllowedUri: isAllowed });

/* Where the link leads that is selected, or that the cursor is in or beside; null when there is none. */
function linkAt({ selection: { $from, empty }, schema }, editor) {
  if (!empty) return editor.getAttributes("link").href ?? null;
  const marks = [$from.nodeAfter, $from.nodeBefore].flatMap((node) => node?.marks ?? []);
  return marks.find(({ type }) => type === schema.marks.link)?.attrs.href ?? null;
}

async function editLink(editor) {
  const present = linkAt(editor.state, editor);
  const isNew = present === null;
  const shown = isNew && editor.state.selection.empty ? make("input", { dir: "auto" }) : null;
  const open = make("a", { target: "_blank", rel: "noopener", hidden: true }, "Open in a new tab to check");
  const missing = lack();
  let href = present;
  const point = (address) => {
    href = address;
    open.hidden = !address;
    if (address) open.href = address;
  };
  const box = new SearchBox({
    address: editor.storage.body.addresses.search,
    draw: drawTarget,
    typed: (words) => point(addressIn(words)),
    ignored: (words) => /^([/#]|(https?|mailto|tel):)/i.test(words),
    pick: ({ url, label }) => {
      box.input.value = url;
      if (shown && !shown.value) shown.value = label;
      point(url);
    },
  });
  box.input.value = present ?? "";
  box.input.autofocus = true;
  point(present);
  const parts = [
    field("Link to", box.input, "A name or words of a headline to search for; or a web or mail address."),
    box.list,
    shown ? field("Words to show", shown) : null,
    missing,
    make("p", {}, open),
  ];
  const removal = isNew ? [] : [["remove", "Remove link"]];
  const answered = ask(isNew ? "Link" : "Change the link", parts, "Set link", removal);
  insist(missing, () => (href ? "" : "Choose one of those found, or type a whole address."));
  box.input.select();
  const answer = await answered;
  const change = editor.chain().focus();
  if (answer === "remove") change.extendMarkRange("link").unsetLink().run();
  else if (answer === null) change.run();
  else if (shown) {
    const marks = [{ type: "link", attrs: { href } }];
    change.insertContent({ type: "text", text: shown.value.trim() || href, marks }).run();
  } else change.extendMarkRange("link").setMark("link", { href, title: null, hreflang: null }).run();
}

function drawTarget({ kind, label, detail }) {
  return [
    make("span", { class: "kind" }, kind),
    make("span", { class: "label", dir: "auto" }, label),
    make("span", { class: "detail", dir: "auto" }, detail),
  ];
}
