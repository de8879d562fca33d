// Makes elements; every word that comes from data goes through textContent, never through markup.

const SVG = "http://www.w3.org/2000/svg";

/** Make an HTML element: `el("p", {class: "note", text: "hello", onclick: f}, child, ...)`. */
export function el(tag, props = {}, ...children) {
  return dress(document.createElement(tag), props, children);
}

/** The same for SVG. */
export function svg(tag, props = {}, ...children) {
  return dress(document.createElementNS(SVG, tag), props, children);
}

function dress(node, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** "hi" for text with Devanagari letters, so that it is read aloud and spaced as Hindi. */
export function tongue(text) {
  return /[\u0900-\u097f]/.test(text) ? "hi" : undefined;
}

/** Let a menu over a phone's foot be as high as there is room for. */
export function fitAbove(menu) {
  const room = menu.parentElement.getBoundingClientRect().top - menu.closest(".screen").getBoundingClientRect().top;
  menu.style.maxHeight = `${Math.min(innerHeight * 0.46, room - 14)}px`;
}

const PATHS = {
  attach: "M21 11.5 12.5 20a5 5 0 0 1-7-7l9-9a3.5 3.5 0 0 1 5 5l-8.8 8.8a1.8 1.8 0 0 1-2.6-2.6L16 7.5",
  send: "M5 12h13M12.5 6l6 6-6 6",
  menu: "M5 7h14M5 12h14M5 17h9",
  keys: "M4 7h16v10H4zM7.5 10.5h.01M11 10.5h.01M14.5 10.5h.01M8.5 14h7",
  lock: "M7 11V8a5 5 0 0 1 10 0v3M6 11h12v9H6z",
  pin: "M12 21c4-4.5 6.5-7.7 6.5-11a6.5 6.5 0 0 0-13 0c0 3.3 2.5 6.5 6.5 11ZM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  live: "M12 12h.01M8.5 15.5a5 5 0 0 1 0-7M15.5 8.5a5 5 0 0 1 0 7M5.5 18.5a9 9 0 0 1 0-13M18.5 5.5a9 9 0 0 1 0 13",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20a7.5 7.5 0 0 1 15 0",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM3 19.5a6 6 0 0 1 12 0M15.5 4.3a3.5 3.5 0 0 1 0 6.4M17.5 14a6 6 0 0 1 3.5 5.5",
  photo: "M4 6h16v13H4zM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 10h.01",
  file: "M13.5 3H6v18h12V7.5L13.5 3ZM13.5 3v4.5H18M9 13h6M9 16.5h4",
  link: "M10 14 19 5M13 5h6v6M17 14v5H5V7h5",
  more: "M6 9.5l6 6 6-6",
  go: "M9 5.5l6.5 6.5L9 18.5",
  down: "M12 5v13M6 12.5l6 6 6-6",
  forward: "M4 18c1-5 4-7.5 9-7.5V6l7 6.5-7 6.5v-4.5c-4 0-6.5 1-9 3.5Z",
};

/** A small line drawing by name; decoration only, so it is hidden from screen readers. */
export function icon(name) {
  return svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: PATHS[name] }));
}
