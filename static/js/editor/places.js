/* Leads to a place in the text: the first element that a selector selects, or the first words. */
import { pm } from "django-prose-editor/editor";

const { NodeSelection, TextSelection } = pm.state;
const BESIDE_WORDS = "\ufffc"; // stands for what is no text, one for one

export function show(editor, { selector, words }) {
  const selection = (selector && elementAt(editor.view, selector)) || (words && wordsAt(editor.state.doc, words));
  if (selection) editor.view.dispatch(editor.state.tr.setSelection(selection).scrollIntoView());
  editor.view.focus();
  const place = selection ? editor.view.domAtPos(selection.from).node : editor.view.dom;
  (place.nodeType === 1 ? place : place.parentElement).scrollIntoView({ block: "center" });
}

function elementAt(view, selector) {
  const element = view.dom.querySelector(selector);
  if (!element) return null;
  const { doc } = view.state;
  if (element.localName !== "img") return TextSelection.near(doc.resolve(view.posAtDOM(element, 0)));
  const picture = view.posAtDOM(element.closest(".picture"), 0, -1);
  return doc.nodeAt(picture)?.isLeaf ? NodeSelection.create(doc, picture) : null;
}

function wordsAt(doc, words) {
  let found = null;
  doc.descendants((node, position) => {
    if (found || !node.isTextblock) return !found;
    const start = node.textBetween(0, node.content.size, "", BESIDE_WORDS).indexOf(words);
    if (start >= 0) found = TextSelection.create(doc, position + 1 + start, position + 1 + start + words.length);
    return false;
  });
  return found;
}
