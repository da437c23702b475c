// Writing a technique: the checker runs in a worker (hooks/knee/composer/browser/worker.js), and answers at each pause. It is loaded from this
// site when the writer asks for it. The words stay in this tab, unless the writer chooses to keep them on the device or sends them.

import { announce, tell } from "./announcer.js";
import { showPreviews } from "./composer-preview.js";
import { loadStyle } from "./load-assets.js";
import { tryTo } from "./session-storage.js";

const KEY = "knee-ease-writing";
/** Milliseconds: from the last key to the question, and from the question until a worker without an answer is stopped. */
const PAUSE = 250;
const PATIENCE = 5000;
/** Characters: code hosts refuse a longer address. */
const LONGEST_ADDRESS = 8000;

const box = document.querySelector(".composer");
const find = (name) => box?.querySelector(`[data-${name}]`);
const [told, desk, text, name, found, list, keep] = ["told", "desk", "text", "name", "found", "pictures", "keep"].map(find);
const words = told?.dataset;
const pictures = new Map();
let worker;
let ready;
let pausing = 0;
let asked = 0;
let unsent = false;
let busy = Promise.resolve();

if (box) offer();

function offer() {
  box.hidden = false;
  if (!("DecompressionStream" in window && "replaceSync" in CSSStyleSheet.prototype)) return tell(told, words.old);
  told.textContent = words.offer;
  find("start").hidden = false;
  find("start").addEventListener("click", () => start().catch(() => tell(told, words.unstarted)), { once: true });
}

async function start() {
  find("start").hidden = true;
  await loadStyle(box.dataset.style);
  const kept = tryTo(() => JSON.parse(localStorage.getItem(KEY)));
  if (kept) [name.value, text.value, keep.checked] = [kept.name, kept.text, true];
  desk.hidden = false;
  for (const link of document.querySelectorAll("main > .page p > a")) link.target = "_blank"; // what is written stays here
  begin(words.loading);
  check();
  for (const field of [text, name]) field.addEventListener("input", changed);
  name.addEventListener("change", tidyName);
  keep.addEventListener("change", store);
  find("file").addEventListener("change", async ({ target }) => {
    await take([...target.files]);
    target.value = ""; // so that the same file, mended, can be chosen again
  });
  // Anywhere: a file that is dropped beside the desk would take the place of the page, and of its words.
  addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
  addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length) event.preventDefault();
    take([...event.dataTransfer.files]);
  });
  box.addEventListener("click", press);
  for (const view of box.querySelectorAll("details")) view.addEventListener("toggle", check);
  addEventListener("beforeunload", (event) => unsent && event.preventDefault());
  number();
  text.focus();
}

/** Start a worker, and say so; questions wait until it is ready. */
function begin(said) {
  tell(told, said);
  worker = new Worker(new URL("worker.js", new URL(box.dataset.folder, location.href)), { type: "module" });
  find("progress").hidden = false;
  ready = new Promise((resolve, reject) => {
    worker.onerror = reject; // the worker, or what it imports, is not there
    worker.onmessage = ({ data }) => {
      find("progress").value = data.come ?? 0;
      if (data.failed) reject(data.failed);
      if (data.ready) resolve();
    };
  });
  ready
    .catch(() => tell(told, words.failed))
    .then(() => {
      find("progress").hidden = true;
    });
}

/** Ask the worker, one question after the other; null if no answer comes; the writer has been told why. */
function ask(call, ...given) {
  busy = busy
    .then(() => ready)
    .then(() => answerTo(call, given))
    .catch(() => null);
  return busy;
}

/** The worker's answer. A worker that fails or takes too long is replaced by a new one: after an error, it may be broken for good. */
function answerTo(call, given) {
  return new Promise((resolve, reject) => {
    const giveUp = (why) => {
      clearTimeout(patience);
      worker.terminate();
      begin(why);
      reject(why);
    };
    const patience = setTimeout(giveUp, PATIENCE, words.stopped);
    worker.onmessage = ({ data }) => {
      if (data.error) return giveUp(words.broken);
      clearTimeout(patience);
      resolve(data.answer ?? null);
    };
    worker.postMessage({ call, given });
  });
}

function changed() {
  unsent = true;
  if (find("unmended")) find("unmended").hidden = true;
  number();
  store();
  clearTimeout(pausing);
  pausing = setTimeout(check, PAUSE);
}

function files() {
  const own = [...pictures].map(([ending, content]) => [`techniques/${name.value}${ending}`, content]);
  return { [`techniques/${name.value}.md`]: text.value, ...Object.fromEntries(own) };
}

async function check() {
  const number = ++asked;
  const given = files();
  const today = new Date().toISOString().slice(0, 10);
  const answered = await ask("answer", `techniques/${name.value}.md`, given, today);
  if (!answered || number !== asked) return;
  const answer = JSON.parse(answered);
  found.innerHTML = answer.problems;
  mark([...found.querySelectorAll("[data-line]")].map((one) => Number(one.dataset.line)));
  const count = answer.count === 1 ? words.one : words.some.replace("{count}", answer.count);
  tell(told, answer.count ? count : words.none);
  find("rest").textContent = words.left.replace("{left}", answer.left.join("; "));
  box.dataset.answered = number;
  const shown = await ask("shown");
  if (shown && number === asked) showPreviews(box, { ...answer, ...JSON.parse(shown) }, given);
}

/** Number the lines: a copy of the text behind the box wraps as the box does, so that each number stands beside its line. */
function number() {
  const lines = text.value.split("\n").map((line) => Object.assign(document.createElement("div"), { textContent: line || " " }));
  find("lines").replaceChildren(...lines);
}

function mark(lines) {
  for (const [place, one] of [...find("lines").children].entries()) one.classList.toggle("composer__told", lines.includes(place + 1));
}

function store() {
  tryTo(() =>
    keep.checked ? localStorage.setItem(KEY, JSON.stringify({ name: name.value, text: text.value })) : localStorage.removeItem(KEY),
  );
}

function press({ target }) {
  const { line, mend, take: ending, act } = target.dataset;
  if (mend) write(JSON.parse(mend));
  else if (line) goTo(Number(line));
  else if (ending) {
    pictures.delete(ending);
    showPictures();
  } else if (act) ({ send, save })[act]();
}

function goTo(line) {
  const start =
    text.value
      .split("\n")
      .slice(0, line - 1)
      .join("\n").length +
    (line > 1);
  text.focus();
  text.setSelectionRange(start, start + (text.value.split("\n")[line - 1] ?? "").length);
  find("lines").children[line - 1]?.scrollIntoView({ block: "center" });
}

/** Do what a mend says: replace lines by others. The browser types them, so that its undo takes them back. */
function write([first, count, lines]) {
  const all = text.value.split("\n");
  all.splice(first - 1, count, ...lines);
  text.focus();
  text.select();
  if (!document.execCommand("insertText", false, all.join("\n"))) text.value = all.join("\n");
  goTo(Math.min(first, all.length));
  changed();
}

/** Make what was typed for a name one that a file can have: "Thigh stroke.md" is thigh-stroke. */
function tidyName() {
  const tidy = name.value
    .toLowerCase()
    .replace(/\.md$/, "")
    .match(/[a-z0-9]+/g)
    ?.join("-");
  if (tidy && tidy !== name.value) {
    name.value = tidy;
    showPictures();
  }
}

/** Take pictures: the checker cleans a drawing; a photo is redrawn here, so that only its pixels are left. */
async function take(chosen) {
  for (const file of chosen) {
    const drawn = /svg/.test(file.type)
      ? await ask("picture", new Uint8Array(await file.arrayBuffer()))
      : await redrawn(file).catch(() => null);
    if (!drawn) {
      showPictures();
      list.append(Object.assign(document.createElement("li"), { textContent: words.picture }));
      return announce(words.picture);
    }
    const part = /-[a-z0-9-]+(?=\.\w+$)/.exec(file.name.startsWith(`${name.value}-`) ? file.name.slice(name.value.length) : "")?.[0] ?? "";
    pictures.set(part + (/svg/.test(file.type) ? ".svg" : drawn[0] === 0x89 ? ".png" : ".webp"), drawn);
  }
  showPictures();
}

async function redrawn(file) {
  const image = await createImageBitmap(file);
  const scale = Math.min(1, 1200 / Math.max(image.width, image.height));
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width * scale, height: image.height * scale });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/webp", 0.8));
  return new Uint8Array(await blob.arrayBuffer());
}

function showPictures() {
  const rows = [...pictures].map(([ending, content]) => {
    const row = Object.assign(document.createElement("li"), {
      textContent: `${name.value}${ending}, ${Math.ceil(content.length / 1000)} kB `,
    });
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: list.dataset.take });
    button.dataset.take = ending;
    row.append(button);
    return row;
  });
  list.replaceChildren(...rows);
  changed();
}

function download(content, as) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([content])), download: as });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

async function send() {
  if (found.querySelector("li") && find("unmended").hidden) {
    find("unmended").hidden = false;
    return announce(find("unmended").textContent);
  }
  const address = new URL(box.dataset.add);
  address.searchParams.set("filename", `${name.value}.md`);
  address.searchParams.set("value", text.value);
  const isLong = address.href.length > LONGEST_ADDRESS;
  if (isLong) address.searchParams.delete("value");
  const isCopied = isLong && (await copied(text.value));
  find("paste").textContent = isLong ? find("paste").dataset[isCopied ? "copied" : "refused"] : "";
  open(address, "_blank", "noopener");
  for (const [ending, content] of pictures) download(content, name.value + ending);
  find("after").hidden = false;
  unsent = isLong && !isCopied; // the words are nowhere else yet
  announce(find("after").textContent);
}

/** Whether words could be copied to the clipboard: a browser may refuse it. */
async function copied(content) {
  try {
    await navigator.clipboard.writeText(content);
    return true;
  } catch {
    return false;
  }
}

async function save() {
  const inZip = text.value;
  const zip = await ask("zipped", files());
  find("unsaved").hidden = Boolean(zip);
  find("saved").hidden = !zip;
  announce(find(zip ? "saved" : "unsaved").textContent);
  if (!zip) return;
  download(zip, `${name.value}.zip`);
  unsent = text.value !== inZip; // what was typed while it was made is not in it
}
