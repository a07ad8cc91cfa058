/* The key / leads to the quick search, as long as nobody is typing. */
document.addEventListener("keydown", (event) => {
  const { target } = event;
  const isTyping = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  const box = document.getElementById("quick-search-box");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey || !box) {
    return;
  }
  event.preventDefault();
  box.focus();
  box.select();
});
