// Loads a script of this site, and the style sheet that goes with it, when a reader first needs them.

/** Milliseconds: longer than a slow line takes for the largest of them. A line that never answers is a line that does not work. */
const LIMIT = 20 * 1000;

/** What was asked for, by its address: a script that came late must not run twice. */
const asked = {};

/** Resolves once both are there, the style first; rejects where one does not come in time. Then it can be called again. */
export async function loadAssets(script, style) {
  if (style) await loadStyle(style);
  await loadScript(script);
}

export function loadScript(src) {
  return loadOnce(src, "script", { src });
}

export function loadStyle(href) {
  return loadOnce(href, "link", { rel: "stylesheet", href });
}

function loadOnce(address, name, properties) {
  asked[address] ??= append(Object.assign(document.createElement(name), properties), () => delete asked[address]);
  return Promise.race([asked[address], new Promise((_, reject) => setTimeout(reject, LIMIT))]);
}

function append(element, forget) {
  return new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = () => {
      element.remove();
      forget();
      reject();
    };
    document.head.append(element);
  });
}
