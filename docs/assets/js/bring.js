// Brings a script of this site, and the style sheet that goes with it, when a reader first needs them.

/** Milliseconds: longer than a slow line takes for the largest of them. A line that never answers is a line that does not work. */
export const LIMIT = 20 * 1000;

/** What was asked for, by its address: a script that came late must not run twice. */
const asked = new Map();

/** Gives a promise: kept once both are there, the style first; broken where one does not come in time. Then it can be called again. */
export async function bring(script, style) {
  if (style) await come(style, () => make("link", { rel: "stylesheet", href: style }));
  await come(script, () => make("script", { src: script }));
}

function come(address, makePart) {
  if (!asked.has(address)) asked.set(address, put(makePart(), () => asked.delete(address)));
  return Promise.race([asked.get(address), new Promise((_, reject) => setTimeout(reject, LIMIT))]);
}

function put(part, forget) {
  return new Promise((resolve, reject) => {
    part.onload = resolve;
    part.onerror = () => {
      part.remove();
      forget();
      reject();
    };
    document.head.append(part);
  });
}

function make(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
