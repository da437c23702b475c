// My sheets: fetches the pages that are ticked from this site and puts their sheets on this page, to be printed in one go.
// The choice stands behind the # of the address, which a browser keeps to itself. Nothing is stored.

import { tell } from "./announcer.js";
import { putInOrder } from "./sheet-order.js";

const NOT_ON_PAPER = ".more, .start, .no-print, .problems, .page:not(.page--exercise) .steps img, script, template, dialog";

/** Read the choice from the part of an address after its #: names of sheets, the size of print, and whether there are lines to fill in. */
function choiceIn(hash) {
  const asked = new URLSearchParams(hash.replace(/^#/, ""));
  const names = (asked.get("sheets") ?? "").split(",").filter(Boolean);
  const size = asked.get("print") === "large" ? "large" : "normal";
  return { names: [...new Set(names)], size, hasLines: asked.get("lines") === "yes" };
}

/** Write a choice as the part of an address after its #. */
function hashOf({ names, size, hasLines }) {
  const parts = names.length ? [`sheets=${names.map(encodeURIComponent).join(",")}`] : [];
  return [...parts, ...(size === "large" ? ["print=large"] : []), ...(hasLines ? ["lines=yes"] : [])].join("&");
}

/** Make a sheet out of a page of this site: what is printed of it, without the ids that would stand twice. `lines` are put on it where
    it is followed step by step; null for none. */
function sheetFrom(html, place, size, lines) {
  // Its style stays behind: this page has the whole style sheet, and its security policy names no other.
  const found = new DOMParser().parseFromString(html.replace(/<style>.*?<\/style>/gs, ""), "text/html");
  const page = found.querySelector(".page");
  for (const part of page.querySelectorAll(NOT_ON_PAPER)) part.remove();
  for (const image of page.querySelectorAll("img")) {
    image.src = new URL(image.getAttribute("src"), place).href;
    image.loading = "eager";
  }
  for (const link of page.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), place).href;
  const sheet = document.createElement("article");
  sheet.className = "sheet";
  sheet.append(page, ...found.querySelectorAll(".sheet-foot"));
  for (const part of sheet.querySelectorAll("[id], [aria-labelledby]")) {
    part.removeAttribute("id");
    part.removeAttribute("aria-labelledby");
  }
  putInOrder(page, size);
  const end = lines && page.querySelector(".sheet-after");
  if (end) {
    end.after(lines);
    sheet.classList.add("sheet--to-fill-in");
  }
  return document.adoptNode(sheet);
}

async function fetched(place, size, lines) {
  const answer = await fetch(place);
  if (!answer.ok) throw new Error(`${place}: ${answer.status}`);
  const sheet = sheetFrom(await answer.text(), place, size, lines?.cloneNode(true));
  await Promise.all([...sheet.querySelectorAll("img")].map((image) => image.decode().catch(() => {})));
  return sheet;
}

function start(form) {
  const boxes = [...form.querySelectorAll("[name=sheet]")];
  const sheets = document.querySelector("[data-sheets]");
  const told = form.querySelector("[data-told]");
  const button = form.querySelector('[data-print="sheets"]');
  const kept = form.querySelector("[data-kept]");
  let turn = 0;

  const chosen = () => ({
    names: boxes.filter((box) => box.checked).map((box) => box.value),
    size: form.elements.print.value,
    hasLines: form.elements.lines.checked,
  });

  const show = async () => {
    const mine = ++turn;
    const { size, hasLines } = chosen();
    const lines = hasLines ? document.querySelector("[data-lines]").content : null;
    const places = boxes.filter((box) => box.checked).map((box) => new URL(box.dataset.place, location.href).href);
    document.documentElement.dataset.print = size;
    kept.href = `#${hashOf(chosen())}`;
    button.disabled = true;
    if (places.length) told.textContent = told.dataset.busy;
    else tell(told, told.dataset.none);
    const results = await Promise.allSettled(places.map((place) => fetched(place, size, lines)));
    if (mine !== turn) return; // another choice was made meanwhile
    const ready = results.filter((result) => result.status === "fulfilled").map((result) => result.value);
    sheets.replaceChildren(...ready);
    sheets.hidden = !ready.length;
    if (!places.length) return;
    const failed = ready.length < places.length;
    const words = failed ? told.dataset.failed : ready.length === 1 ? told.dataset.one : told.dataset.some;
    tell(told, words.replace("{count}", ready.length));
    button.disabled = failed;
  };

  const fromAddress = () => {
    const { names, size, hasLines } = choiceIn(location.hash);
    for (const box of boxes) box.checked = names.includes(box.value);
    form.elements.print.value = size;
    form.elements.lines.checked = hasLines;
    show();
  };

  form.addEventListener("change", () => {
    history.replaceState(null, "", `${location.pathname}${location.search}#${hashOf(chosen())}`);
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  button.addEventListener("click", () => print());
  addEventListener("hashchange", fromAddress);
  form.hidden = false;
  fromAddress();
}

const form = document.querySelector("[data-my-sheets]");
if (form) start(form);
