/* Builds elements. Attributes that are null or false are left out, true ones are bare, functions
   listen to the event they are named after. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

let made = 0;

/* An id that no other element of the page has. */
export const newId = (what) => `editor-${what}-${++made}`;
