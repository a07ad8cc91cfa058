/* Names the body editor for screen readers, by the label of the field it stands in for. */
document.addEventListener("prose-editor:ready", ({ detail }) => {
  const [label] = detail.textarea.labels;
  detail.editor.view.dom.setAttribute("aria-label", label ? label.textContent.replace(":", "") : detail.textarea.name);
});
