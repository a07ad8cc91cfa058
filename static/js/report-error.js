// Words marked in an article's text can be reported as an error: a small link appears at them, and
// the one below the text takes them along.
const body = document.querySelector(".story .body");
const below = document.querySelector("[data-mend]");
const form = below.getAttribute("href");
const words = below.textContent;
const LONGEST = 500;

const here = document.createElement("a");
here.className = "mend-here ui";
here.rel = "nofollow";
here.textContent = "Report an error in these words";
here.hidden = true;
document.querySelector(".story").append(here);

const marked = () => {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0).cloneRange();
  if (!body.contains(range.startContainer)) return null;
  // Three clicks on the last paragraph mark as far as the beginning of what follows it.
  if (!body.contains(range.endContainer)) range.setEndAfter(body.lastChild);
  // What the page adds to the copy is nobody's error.
  const copy = range.cloneContents();
  for (const added of copy.querySelectorAll(".note-mark, .dateline, .dateline + span")) added.remove();
  const quote = copy.textContent.replace(/\s+/g, " ").trim();
  return quote && quote.length <= LONGEST ? { range, quote } : null;
};

const address = ({ range, quote }) => {
  const start = range.startContainer;
  const element = start.nodeType === Node.ELEMENT_NODE ? start : start.parentElement;
  const paragraph = element.closest(".body [id]")?.id ?? "";
  return `${form}?${new URLSearchParams({ quote, paragraph })}`;
};

const place = ({ range }) => {
  const around = range.getBoundingClientRect();
  const story = here.parentElement.getBoundingClientRect();
  const isRightToLeft = getComputedStyle(body).direction === "rtl";
  const start = isRightToLeft ? around.right - here.offsetWidth : around.left;
  const last = story.width - here.offsetWidth;
  here.style.left = `${Math.max(Math.min(start - story.left, last), 0)}px`;
  here.style.top = `${around.bottom - story.top + 8}px`;
};

const follow = () => {
  const found = marked();
  // A finger that taps the link may take the mark away before it is lifted.
  if (!found && here.matches(":active")) return;
  here.hidden = !found;
  below.href = found ? address(found) : form;
  below.textContent = found ? here.textContent : words;
  if (!found) return;
  here.href = below.href;
  place(found);
};

// Nor does pressing a mouse's button on it take the mark away.
here.addEventListener("mousedown", (event) => event.preventDefault());

let waiting = 0;
document.addEventListener("selectionchange", () => {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(follow);
});
