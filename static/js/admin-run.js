// Follows a run over the archive: shows again, every other second, how far it has come.

const EVERY = 2000;

async function look() {
  const shown = document.getElementById("run");
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("run");
    if (now) update(shown, now);
  } catch {
    // The connection is gone for a moment; the next look may have it back.
  }
  if ("unfinished" in document.getElementById("run").dataset) setTimeout(look, EVERY);
}

/** Leaves the buttons alone while it goes on, so that none is replaced under a finger. */
function update(shown, now) {
  if (!("unfinished" in now.dataset)) {
    shown.replaceWith(now);
    return;
  }
  for (const part of [".state", ".bar"]) {
    const before = shown.querySelector(part);
    const after = now.querySelector(part);
    if (before && after && before.innerHTML !== after.innerHTML) before.innerHTML = after.innerHTML;
  }
}

setTimeout(look, EVERY);
