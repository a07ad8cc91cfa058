/* Asks again what stands against publishing while the form is filled in, and leads from each
   finding to where it is mended. */
const PAUSE = 800;
const ASKED = ["headline", "body", "dateline_date", "section", "lead_image", "csrfmiddlewaretoken"];

const form = document.getElementById("article_form");
const panel = document.getElementById("checks");

if (form && panel) {
  let timer = null;
  let asked = null;

  // The bar of buttons stays in sight; so does how much there is to look at.
  const summary = document.createElement("a");
  summary.href = "#checks";
  summary.className = "to-checks";
  const summarise = () => {
    const stops = panel.querySelectorAll("li.stop").length;
    const others = panel.querySelectorAll("li").length - stops;
    summary.hidden = stops + others === 0;
    summary.classList.toggle("stop", stops > 0);
    summary.textContent = [stops && `${stops} to mend first`, others && `${others} to look at`].filter(Boolean).join(", ");
  };
  form.querySelector(".submit-row .reason")?.before(summary);
  summarise();

  const typed = () => new URLSearchParams([...new FormData(form)].filter(([name]) => ASKED.includes(name)));

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    let answer;
    try {
      answer = await fetch(panel.dataset.checks, { method: "POST", body: typed(), signal: asked.signal });
    } catch {
      return; // Nothing is lost: the desk checks again when the form is sent.
    }
    if (!answer.ok) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("checks");
    if (!drawn || drawn.innerHTML === panel.innerHTML) return;
    // The words of a status are read aloud when they change, so its element stays.
    const said = panel.querySelector(".outcome");
    const words = drawn.querySelector(".outcome").textContent;
    if (said.textContent !== words) said.textContent = words;
    panel.querySelector("ul")?.remove();
    panel.append(...drawn.querySelectorAll("ul"));
    summarise();
  };

  let before = typed().toString();
  const later = () => {
    const now = typed().toString();
    if (now === before) return;
    before = now;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  window.django?.jQuery(form).on("select2:select select2:unselect select2:clear", later);

  panel.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    const field = document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const { selector, words } = link.dataset;
    const request = new CustomEvent("editor:show", { detail: { selector, words }, cancelable: true });
    if (!field.dispatchEvent(request)) return;
    const shown = field.nextElementSibling?.querySelector(".select2-selection") ?? field;
    if (!shown.matches("a, button, input, select, textarea, [tabindex]")) shown.tabIndex = -1;
    shown.focus();
    shown.scrollIntoView({ block: "center" });
  });
}
