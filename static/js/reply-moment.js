// Says when the reader began to write, which the page, the same for everybody, cannot: its token is
// exchanged for a dated one. Where that fails the page's own is sent, which is as good as no script.
const form = document.getElementById("respond");

const date = async () => {
  const answer = await fetch(form.dataset.token, { credentials: "omit", cache: "no-store" });
  if (answer.ok) form.elements.token.value = await answer.text();
};

form.addEventListener("focusin", () => date().catch(() => {}), { once: true });
