// Elements of the page, made of text alone: nothing from a file is ever read as markup.

/** An element with attributes and children; strings become text. */
function element(name, attributes = {}, ...children) {
  const made = SVG_NAMES.has(name) ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== null && value !== false) made.setAttribute(key, value);
  made.append(...children.filter(child => child !== null && child !== undefined && child !== ""));
  return made;
}

const SVG_NAMES = new Set(["svg", "rect", "path", "line", "g", "text", "title"]);

/** Replaces all children of an element. */
function fill(parent, ...children) {
  parent.replaceChildren(...children.filter(child => child !== null && child !== undefined));
}

const byId = id => document.getElementById(id);

/** Up or down in a colour and a sign: the sign is in the text. */
function tone(text) {
  return text.startsWith("+") || text === "new" || text.endsWith(" x") ? "up" : text.startsWith("-") || text === "gone" ? "down" : "";
}
