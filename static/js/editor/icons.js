/* The signs on the toolbar's buttons, drawn in a square of 20. */
const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  bold: "M6 4h5a3 3 0 0 1 0 6H6zM6 10h6a3 3 0 0 1 0 6H6z",
  italic: "M9 4h6M5 16h6M12 4 8 16",
  link: "M8.5 11.5a3 3 0 0 0 4.2 0l2.6-2.6a3 3 0 0 0-4.2-4.2L10 5.8M11.5 8.5a3 3 0 0 0-4.2 0l-2.6 2.6a3 3 0 0 0 4.2 4.2l1.1-1.1",
  bullets: "M8 5h9M8 10h9M8 15h9M3.5 5h.01M3.5 10h.01M3.5 15h.01",
  numbers: "M9 5h8M9 10h8M9 15h8M3 3.5l1.2-.5v4M2.8 12.2c.3-1.6 2.6-1.4 2.4 0C5 13.3 3 14 2.8 15.5h2.6",
  quote: "M4 15c2.5-1 3-3 3-5H4V5h5v5c0 3-1.500 5-4 6M11.500 15c2.500-1 3-3 3-5h-3V5h5v5c0 3-1.500 5-4 6",
  pull: "M3 3h14M3 17h14M6.500 12.500c1.500-.6 2-1.800 2-3H6.500V7h3v2.500M11.500 12.500c1.500-.6 2-1.800 2-3h-2V7h3v2.500",
  picture: "M3 4h14v12H3zM3 14l4-4 3 3 3-4 4 5M7 7.500h.01",
  table: "M3 4h14v12H3zM3 8h14M8.500 4v12M3 12h14",
  language: "M10 2.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15zM2.500 10h15M10 2.500c2.500 2 3 5 3 7.500s-.5 5.500-3 7.500c-2.500-2-3-5-3-7.500s.5-5.500 3-7.500z",
  strike: "M3 10h14M13.500 6.500C13 4.800 11.700 4 10 4 8 4 6.500 5 6.500 7c0 1 .5 2 2 3M6.500 13c.3 2 1.800 3 3.500 3 2 0 3.500-1 3.500-3 0-1-.3-1.600-1-2.200",
  superscript: "M3 6l7 10M10 6 3 16M13.500 4.500c.3-1.800 3-1.600 2.800 0-.2 1.200-2.600 2-2.800 3.500h3",
  subscript: "M3 4l7 10M10 4 3 14M13.500 13.500c.3-1.800 3-1.600 2.800 0-.2 1.200-2.600 2-2.800 3.500h3",
  rule: "M3 10h14",
  clear: "M5 4h10M10 4 8.500 10M7.500 16l.3-1.500M12 12l5 5M17 12l-5 5",
  undo: "M4 8h8a4 4 0 0 1 0 8H8M4 8l3.500-3.500M4 8l3.500 3.500",
  redo: "M16 8H8a4 4 0 0 0 0 8h4M16 8l-3.500-3.500M16 8l-3.500 3.500",
  source: "M7 6l-4 4 4 4M13 6l4 4-4 4",
  keys: "M2.500 5.500h15v9h-15zM6 12h8M5.500 8.500h.01M8.500 8.500h.01M11.500 8.500h.01M14.500 8.500h.01",
};

/* These point, and point the other way where one reads from right to left. */
const POINTING = new Set(["bullets", "undo", "redo"]);

export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 20 20");
  drawing.setAttribute("aria-hidden", "true");
  if (POINTING.has(name)) drawing.classList.add("pointing");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  drawing.append(path);
  return drawing;
}
