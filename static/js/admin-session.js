/* Keeps what is typed into an article's form, and tells who else has the article open.
   The desk is told every 20 seconds that the page is open, and 2 seconds after a change what is in
   the form; a page that is left says so last. */
const AFTER_CHANGE = 2000;
const BETWEEN = 20000;

const session = document.getElementById("session");
const form = session?.closest("form");

if (form && form.querySelector("[name=based_on]")) {
  const kept = document.getElementById("kept");
  const colleagues = document.getElementById("colleagues");
  const overtaken = document.getElementById("overtaken");
  const NOT_TYPED = ["csrfmiddlewaretoken", "_resume"];
  let reported = null;
  let soon = null;
  let isSaving = false;

  const typed = () => {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && !NOT_TYPED.includes(name)) fields.append(name, value);
    }
    return fields.toString();
  };

  const report = () => {
    const now = typed();
    const body = new URLSearchParams(now === reported ? { unchanged: "1" } : now);
    body.set("based_on", session.dataset.basedOn);
    body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    return { now, body };
  };

  const tell = (element, parts) => {
    element.replaceChildren(...parts);
    element.hidden = parts.length === 0;
  };

  const strong = (text) => {
    const element = document.createElement("b");
    element.textContent = text;
    return element;
  };

  const speak = async () => {
    if (isSaving) return;
    const { now, body } = report();
    try {
      const answer = await fetch(session.dataset.session, { method: "POST", body });
      if (!answer.ok) throw new Error(answer.statusText);
      const { colleagues: others, saved } = await answer.json();
      if (now !== reported) kept.textContent = `Unsaved, but kept at ${new Date().toTimeString().slice(0, 5)}`;
      reported = now;
      tell(colleagues, others.flatMap(({ name, since }) => [strong(name), ` has this article open too, since ${since}. `]));
      tell(overtaken, saved ? [strong(saved.by), ` saved this article at ${saved.at}. When you save, you will see both versions.`] : []);
    } catch {
      kept.textContent = "Not kept: the desk cannot be reached. Leave this page open.";
    }
  };

  const changed = () => {
    clearTimeout(soon);
    soon = setTimeout(() => typed() !== reported && speak(), AFTER_CHANGE);
  };

  const leave = () => {
    if (isSaving || typed() === reported) return;
    navigator.sendBeacon(session.dataset.session, report().body);
  };

  // A script of the page may fill in a field while it loads; what comes after a touch is typed.
  let isTouched = false;
  for (const touch of ["input", "change", "keydown", "pointerdown"]) {
    form.addEventListener(touch, () => { isTouched = true; }, { once: true, capture: true });
  }
  const isResumed = "unsaved" in session.dataset;
  reported = isResumed ? null : typed();

  const begin = () => {
    if (!isTouched && !isResumed) reported = typed();
    speak();
    setInterval(speak, BETWEEN);
    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    new MutationObserver(changed).observe(form, { childList: true, subtree: true, characterData: true });
    addEventListener("pagehide", leave);
    form.addEventListener("submit", () => { isSaving = true; });
  };
  setTimeout(begin, 1000);
}
