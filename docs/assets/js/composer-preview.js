// Shows a page that is being written: in frames without scripts, with the look of the site's own pages. A sheet is shown by its print style.

const HOST = "body { margin: 1rem; font: 1rem/1.5 sans-serif } img { max-width: 100% }";
const PAPER = `html { background: #fff } body { box-sizing: border-box; position: relative; width: 210mm; min-height: 297mm; padding: 7mm 12mm }
  body::after { position: absolute; inset: 290mm 0 auto; border-top: 2px dashed #b4501f; content: "" }`;
let look;

/** Fill those frames that can be seen with the page, its sheet, and the page at the code host. */
export async function showPreviews(box, { page, host, sides }, files) {
  look ??= styleOfAllPages().catch(() => {
    look = undefined;
  });
  const css = await look;
  if (!css) return; // no signal: the next answer tries again
  const frame = (name) => box.querySelector(`[data-${name}]`);
  fill(frame("page"), css, page, files);
  fill(frame("host"), HOST, host, files);
  fill(frame("sheet"), css + PAPER, page, files, asPrinted);
  const told = frame("sides");
  const words = sides.map((side) => told.dataset[side.over ? "over" : "fits"].replace(/\{(\w+)\}/g, (_, key) => side[key]));
  told.replaceChildren(...[...new Set(words)].map((textContent) => Object.assign(document.createElement("li"), { textContent })));
}

/** The style that this page is linked to holds that of every kind of page. */
async function styleOfAllPages() {
  const answer = await fetch(document.querySelector("link[rel=stylesheet]").href);
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return answer.text();
}

function fill(frame, css, html, files, change) {
  if (!frame.closest("details").open) return;
  const view = frame.contentDocument;
  if (!view.adoptedStyleSheets.length) {
    view.open();
    view.write("<!doctype html><html lang=en class=js><title>Preview</title><body><main></main>");
    view.close();
    const sheet = new frame.contentWindow.CSSStyleSheet();
    sheet.replaceSync(css);
    change?.(sheet.cssRules);
    view.adoptedStyleSheets = [sheet];
    view.addEventListener("click", (event) => event.target.closest("a") && event.preventDefault());
  }
  const { body } = new DOMParser().parseFromString(html, "text/html"); // nothing is fetched from there
  for (const image of body.querySelectorAll("img:not([src^='data:'])")) {
    const name = image.getAttribute("src");
    const content = files[`techniques/${name}`];
    image.src = content ? `data:image/${name.endsWith("svg") ? "svg+xml" : name.split(".").pop()};base64,${inBase64(content)}` : "data:,";
  }
  view.querySelector("main").replaceChildren(...body.childNodes);
  frame.style.height = `${view.body.scrollHeight + 40}px`;
}

/** Let the rules for paper hold on the screen, and those for a screen hold nowhere. */
function asPrinted(rules) {
  for (const { media, cssRules } of rules) {
    if (media && /print|screen/.test(media.mediaText)) media.mediaText = /^print/.test(media.mediaText) ? "all" : "not all";
    if (cssRules) asPrinted(cssRules);
  }
}

function inBase64(content) {
  return btoa(Array.from(content, (byte) => String.fromCharCode(byte)).join(""));
}
