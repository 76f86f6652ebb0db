/* What the parts of the flow player share: making elements, its signs, small measures. The parts are published as
   one file; player.js has the element, docs/decisions/0050 what it relies on. */
const SVG = "http://www.w3.org/2000/svg";
const TRAVEL = 700, PAN = 260, REST = 2200, WORD = 30; // ms
const LEGIBLE = 0.85, SMALL = 0.5; // of its size: below the one a flow is framed, below the other the current step
const still = matchMedia("(prefers-reduced-motion: reduce)");
const paper = matchMedia("print");

const make = (tag, name, values = {}, ...inside) => {
  const made = document.createElement(tag);
  made.className = name;
  for (const key in values) made.setAttribute(key, values[key]);
  made.append(...inside);
  return made;
};
const draw = (tag, values) => {
  const made = document.createElementNS(SVG, tag);
  for (const key in values) made.setAttribute(key, values[key]);
  return made;
};
const button = (name, label, words, act) => {
  const made = make("button", name, { type: "button", "aria-label": label, title: label });
  made.innerHTML = words; // only our own signs
  made.addEventListener("click", act);
  return made;
};
const sign = (path) => `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;
const SIGNS = {
  first: sign("M7 6v12M18 6l-7 6 7 6"), back: sign("M15 6l-6 6 6 6"), next: sign("M9 6l6 6-6 6"),
  last: sign("M17 6v12M6 6l7 6-7 6"), play: sign("M8 5.5v13l11-6.5z"), pause: sign("M8.5 6v12M15.5 6v12"),
  again: sign("M6 12a6.5 6.5 0 1 0 2-4.7M8 3.5v4h4"), there: sign("M5 12h13M13 7l5 5-5 5"),
  home: sign("M19 12H6M11 7l-5 5 5 5"), plus: sign("M12 6v12M6 12h12"), minus: sign("M6 12h12"),
  fit: sign("M8 8h8v8H8zM4 4l2 2M20 4l-2 2M4 20l2-2M20 20l-2-2"),
  full: sign("M5 9V5h4M15 5h4v4M19 15v4h-4M9 19H5v-4"),
  link: sign("M10 14l4-4M9.5 8l2-2a4 4 0 0 1 6 6l-2 2M14.5 16l-2 2a4 4 0 0 1-6-6l2-2"), open: sign("M7 10l5 5 5-5"),
};
const around = (nodes, pad) => {
  const boxes = nodes.map((one) => one.getBBox()).filter((b) => b.width || b.height);
  if (!boxes.length) return null;
  const x = Math.min(...boxes.map((b) => b.x)) - pad, y = Math.min(...boxes.map((b) => b.y)) - pad;
  return {
    x, y, width: Math.max(...boxes.map((b) => b.x + b.width)) + pad - x,
    height: Math.max(...boxes.map((b) => b.y + b.height)) + pad - y,
  };
};
const MARKS = { allowed: "✓", blocked: "✕", unknown: "?" };
/* The step in the address; a page inside another page has none. */
const remember = (hash) => {
  try {
    history.replaceState(history.state, "", hash);
  } catch {}
};
const words = (node) => node.textContent.replace(/\s+/g, " ").trim();
