// Brings a script of this site, and the style sheet that goes with it, when a reader first needs them.

/** Gives a promise: kept once both are there, broken where one of them does not come. Then it can be called again. */
export function bring(script, style) {
  const parts = [make("script", { src: script })];
  if (style) parts.push(make("link", { rel: "stylesheet", href: style }));
  const coming = parts.map((part) => new Promise((resolve, reject) => Object.assign(part, { onload: resolve, onerror: reject })));
  document.head.append(...parts);
  return Promise.all(coming).catch((error) => {
    for (const part of parts) part.remove();
    throw error;
  });
}

function make(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
