/* Names the boxes of autocomplete fields for screen readers, by the labels of the fields they stand
   in for, and takes the role of a list from what holds no list. */
const nameOf = (select) =>
  select.getAttribute("aria-label") || select.labels?.[0]?.textContent.trim().replace(/:$/, "") || select.name;

const nameChoices = () => {
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    const box = select.parentElement.querySelector(".select2-selection");
    if (!box) continue;
    const label = nameOf(select);
    for (const element of [box, box.querySelector(".select2-selection__rendered"), box.querySelector("input, textarea")]) {
      element?.setAttribute("aria-label", label);
      element?.removeAttribute("aria-labelledby");
    }
    box.querySelector("ul.select2-selection__rendered")?.setAttribute("role", "presentation");
  }
};

// After the handler that makes the boxes, which was there first.
window.django.jQuery(nameChoices);
document.addEventListener("formset:added", () => setTimeout(nameChoices));
document.addEventListener("choices:added", nameChoices);
