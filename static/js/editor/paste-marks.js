/* Marks and links of pasted text: what styles and old elements say by looks is said by elements. */

const PLAIN = "span, font, u, big, center, tt, kbd, samp, var, nobr, label, dfn, address, acronym, picture, wbr";
const RENAMED = { b: "strong", i: "em", strike: "s" };
const REDIRECTS = [
  // The host, and the parameter that holds where the link leads.
  [/(^|\.)google\.[a-z.]+$/, "/url", "q"],
  [/(^|\.)google\.[a-z.]+$/, "/url", "url"],
  [/^lm?\.facebook\.com$/, "/l.php", "u"],
  [/\.safelinks\.protection\.outlook\.com$/, "/", "url"],
  [/^slack-redir\.net$/, "/link", "url"],
  [/^(www\.)?youtube\.com$/, "/redirect", "q"],
];
/* Parameters that tell who followed the link, from where. */
const TRACKS = new RegExp(
  "^(utm_.*|mc_[ce]id|(fb|g|d|tw|y)clid|[gw]braid|msclkid|igsh(id)?|_hs(enc|mi)|mkt_tok|ref_src|vero_id|" +
    "oly_(anon|enc)_id)$",
  "i",
);

/* What an element's style says, which stands in ``data-style`` (see ``reading.js``). */
const probe = document.createElement("span");
const styleOf = (element) => {
  probe.style.cssText = element.dataset.style ?? "";
  return probe.style;
};

export function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

export function toMarks(body) {
  for (const element of [...body.querySelectorAll("span, font, b, strong, i, em, a, sup, sub, u")]) {
    const marks = looks(element);
    if (element.closest("h1, h2, h3, h4, h5, h6, th")) marks.delete("strong");
    for (const mark of marks) {
      const wrapper = body.ownerDocument.createElement(mark);
      wrapper.append(...element.childNodes);
      element.append(wrapper);
    }
    if (contradicts(element)) unwrap(element);
  }
  for (const element of body.querySelectorAll(":is(h1, h2, h3, h4, h5, h6) :is(b, strong)")) unwrap(element);
  for (const element of [...body.querySelectorAll(PLAIN)]) unwrap(element);
  for (const element of [...body.querySelectorAll(Object.keys(RENAMED).join())]) {
    const renamed = body.ownerDocument.createElement(RENAMED[element.localName]);
    renamed.append(...element.childNodes);
    element.replaceWith(renamed);
  }
  body.normalize();
}

/* The elements that say what the element's style shows. */
function looks(element) {
  const { fontWeight, fontStyle, verticalAlign, textDecoration } = styleOf(element);
  const found = new Set();
  if (isBold(fontWeight) && !element.closest("b, strong")) found.add("strong");
  if (/italic|oblique/.test(fontStyle) && !element.closest("i, em")) found.add("em");
  if (verticalAlign === "super" && !element.closest("sup")) found.add("sup");
  if (verticalAlign === "sub" && !element.closest("sub")) found.add("sub");
  if (/line-through/.test(textDecoration)) found.add("s");
  return found;
}

const isBold = (weight) => /bold/.test(weight) || Number(weight) >= 600;

/* Google Docs puts all it copies into a ``b`` that is not bold. */
function contradicts(element) {
  const { fontWeight, fontStyle } = styleOf(element);
  if (/^(b|strong)$/.test(element.localName)) return Boolean(fontWeight) && !isBold(fontWeight);
  return /^(i|em)$/.test(element.localName) && fontStyle === "normal";
}

/* Links lead where they say, without a detour or a trace; those to nowhere are words. */
export function tidyLinks(body) {
  for (const link of [...body.querySelectorAll("a")]) {
    const href = destination(link.getAttribute("href") ?? "");
    if (href && link.textContent.trim()) link.setAttribute("href", href);
    else if (href && link.querySelector("img")) link.setAttribute("href", href);
    else unwrap(link);
  }
}

export function destination(href) {
  if (/^(mailto|tel):/i.test(href)) return href;
  if (!URL.canParse(href, location.href) || href.startsWith("#") || !href.trim()) return null;
  let url = new URL(href, location.href);
  if (!/^https?:$/.test(url.protocol)) return null;
  for (const [host, path, name] of REDIRECTS) {
    const target = host.test(url.hostname) && url.pathname === path ? url.searchParams.get(name) : null;
    if (target && /^https?:/.test(target) && URL.canParse(target)) url = new URL(target);
  }
  for (const name of [...url.searchParams.keys()]) if (TRACKS.test(name)) url.searchParams.delete(name);
  return url.origin === location.origin ? url.pathname + url.search + url.hash : url.href;
}
