// Answering a comment brings the form below it, without a page load; cancelling puts it back.
const form = document.getElementById("respond");
const home = document.createComment("the place of the form");
const heading = form.querySelector("h2");
let answered = null;

form.before(home);

const parent = () => {
  if (!form.elements.comment_parent) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "comment_parent";
    form.append(field);
  }
  return form.elements.comment_parent;
};

const cancel = () => {
  let line = form.querySelector(".cancel");
  if (!line) {
    line = document.createElement("p");
    line.className = "cancel";
    const link = document.createElement("a");
    link.href = "#respond";
    link.textContent = "Cancel reply";
    line.append(link);
    heading.after(line);
  }
  return line;
};

const answer = (link) => {
  const comment = link.closest("article");
  const name = document.createElement("bdi");
  name.textContent = comment.querySelector("header bdi").textContent;
  heading.replaceChildren("Leave a reply to ", name);
  parent().value = link.dataset.reply;
  cancel().hidden = false;
  comment.after(form);
  answered = link;
  form.elements.comment.focus();
};

const putBack = () => {
  heading.textContent = "Leave a reply";
  parent().value = "";
  cancel().hidden = true;
  home.after(form);
  if (answered) answered.focus();
  else form.elements.comment.focus();
  answered = null;
};

(document.getElementById("comments") ?? form).addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("a[data-reply]");
  if (link) answer(link);
  else if (event.target.closest(".cancel a")) putBack();
  else return;
  event.preventDefault();
});

form.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && answered && !event.isComposing) putBack();
});
