/* Uploads the pictures that are dropped or chosen, one after the other, with a line for each: how
   far it is, what it became, or why it was refused. Without this, the form sends all at once. */

const LOST = "The desk did not answer. Look at your connection and upload it again.";
const SIGNED_OUT = "You are no longer signed in. Sign in in another window and upload it again.";

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

/* Sends one file; resolves to the image, or rejects with an error that says why. */
function send(address, file, token, tell) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("file", file);
    request.open("POST", address);
    request.setRequestHeader("X-CSRFToken", token);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => tell(event.loaded / event.total));
    request.addEventListener("error", () => reject(new Error(LOST)));
    request.addEventListener("load", () => {
      const answer = request.response;
      if (request.status === 201) resolve(answer);
      else if (answer?.errors) reject(new Error(answer.errors.join(" ")));
      else reject(new Error(request.status === 200 || request.status === 403 ? SIGNED_OUT : LOST));
    });
    request.send(body);
  });
}

function setUp(form) {
  const { upload, describe, change, most } = form.dataset;
  const lines = form.querySelector(".uploads");
  const summary = form.querySelector(".summary");
  const chosen = form.querySelector("input[type=file]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const counts = { taken: 0, known: 0, refused: 0 };
  const undescribed = [];
  let last = Promise.resolve();
  let waiting = 0;

  async function take(file, line) {
    const { place, progress, words } = line;
    try {
      const image = await send(upload, file, token, (part) => {
        progress.value = part;
        if (part === 1) words.textContent = "Being looked at and made smaller…";
      });
      place.replaceWith(element("img", { src: image.thumbnail, alt: "" }));
      counts[image.is_new ? "taken" : "known"] += 1;
      if (!image.alt && !image.is_decorative) undescribed.push(image.id);
      const link = element("a", { href: `${change}${image.id}/change/` }, image.is_new ? "its page" : "the one that is here");
      words.replaceChildren(image.is_new ? "Taken in: " : "It was here already, and was not stored twice: ", link, ".");
    } catch (error) {
      counts.refused += 1;
      line.item.className = "refused";
      words.textContent = error.message;
    }
    progress.remove();
  }

  function finish() {
    const { taken, known, refused } = counts;
    const said = [`${taken} taken in`];
    if (known) said.push(`${known} here already`);
    if (refused) said.push(`${refused} refused`);
    const address = `${describe}?${undescribed.map((id) => `image=${id}`).join("&")}`;
    summary.replaceChildren(`${said.join(", ")}. `);
    if (!undescribed.length) return;
    if (!refused) location.assign(address);
    summary.append(element("a", { href: address }, "Describe what was taken in"));
  }

  function add(files) {
    const pictures = [...files];
    if (pictures.length > most) {
      summary.textContent = `These are ${pictures.length} files. Upload at most ${most} at once.`;
      return;
    }
    for (const file of pictures) {
      const line = {
        item: element("li"),
        place: element("span", { className: "place" }),
        progress: element("progress", { value: 0, max: 1, ariaLabel: `Uploading ${file.name}` }),
        words: element("p"),
      };
      line.item.append(line.place, element("b", { textContent: file.name }), element("div", {}, line.progress, line.words));
      lines.append(line.item);
      waiting += 1;
      summary.textContent = "Uploading…";
      last = last.then(() => take(file, line)).then(() => {
        waiting -= 1;
        if (!waiting) finish();
      });
    }
  }

  chosen.addEventListener("change", () => {
    add(chosen.files);
    form.reset();
  });
  form.querySelector("[type=submit]").hidden = true;
  for (const type of ["dragenter", "dragover"]) {
    form.addEventListener(type, () => form.classList.add("over"));
  }
  for (const type of ["dragleave", "drop"]) {
    form.addEventListener(type, () => form.classList.remove("over"));
  }
  // A file that misses the form would otherwise be opened in place of the page.
  for (const type of ["dragover", "drop"]) {
    document.addEventListener(type, (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
  }
  form.addEventListener("drop", (event) => add(event.dataTransfer.files));
}

for (const form of document.querySelectorAll("form.upload")) setUp(form);
