/* Shows of the bulk actions' fields only those that the chosen action asks for. */
const menu = document.querySelector(".actions select[name=action]");

function showFields() {
  for (const field of document.querySelectorAll(".actions [data-for]")) {
    const isAsked = field.dataset.for.split(" ").includes(menu.value);
    field.closest("label").hidden = !isAsked;
  }
}

if (menu) {
  menu.addEventListener("change", showFields);
  showFields();
}
