// Shows what the search finds, as the list of a combobox (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/): nothing is chosen until
// the reader chooses. search-on-demand.js loads it.

import { announce } from "./announcer.js";
import { find, waysIn } from "./search-finder.js";

const search = document.querySelector(".site-search");
const [opener, box] = search.querySelectorAll("button, input");
const output = search.querySelector(".site-search__output");
const told = search.querySelector(".site-search__told");
const list = search.querySelector("[role=listbox]");
const home = new URL("../../../", new URL(search.dataset.script, location));
/** Milliseconds without a new letter, after which a reader has typed a word. */
const TYPING = 500;
/** What is chosen: an option, or nothing. */
let chosen = null;

function show() {
  const isEmpty = !box.value.trim();
  const found = find(box.value);
  list.replaceChildren(...(isEmpty ? [] : found.length ? found : waysIn()).map(option));
  told.textContent = isEmpty
    ? "Type what you look for"
    : found.length
      ? counted(found.length)
      : "Nothing found. Try another word, or start here:";
  choose(null);
  open(!isEmpty);
  announce(isEmpty ? "" : found.length ? told.textContent : `Nothing found. ${list.children.length} pages to start from`, TYPING);
}

function counted(number) {
  return number === 1 ? "1 page found" : `${number} pages found`;
}

function option({ address, title, heading, kind, parts }, place) {
  const [page, anchor] = address.split("#");
  const link = Object.assign(document.createElement("a"), { className: "found", id: `search-result-${place}`, tabIndex: -1 });
  // Opened from a folder, an address of a folder would show a list of its files.
  link.href = new URL(page + (location.protocol === "file:" ? "index.html" : "") + (anchor ? `#${anchor}` : ""), home);
  link.setAttribute("role", "option");
  link.setAttribute("aria-selected", "false");
  link.dataset.kind = kind;
  const words = parts.map((part, number) => (number % 2 ? element("mark", "", part) : part));
  link.append(
    element("span", "found__title", heading ? `${title}: ${heading}` : title),
    " ",
    element("span", "found__kind", kind),
    " ",
    element("span", "found__answer", ...words),
  );
  return link;
}

function element(name, className, ...content) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...content);
  return made;
}

function open(isOpen) {
  output.hidden = !isOpen;
  box.setAttribute("aria-expanded", isOpen);
  if (!isOpen) choose(null);
}

function choose(link) {
  chosen?.setAttribute("aria-selected", "false");
  chosen = link;
  if (!link) return box.removeAttribute("aria-activedescendant");
  link.setAttribute("aria-selected", "true");
  link.scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", link.id);
}

/** The arrows go through the list, and past its ends back to the box. */
function move(step) {
  if (output.hidden) return show();
  const stops = [null, ...list.children];
  choose(stops[(stops.indexOf(chosen) + step + stops.length) % stops.length]);
}

const KEYS = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  // Without a choice, Enter opens the first page: words of danger have led to help by then.
  Enter: () => (chosen ?? (told.textContent.startsWith("Nothing") ? null : list.firstElementChild))?.click(),
  Escape: () => {
    if (!output.hidden) return open(false);
    if (box.value) box.value = "";
    else leave();
  },
};

/** On a phone, the box gives its place back to the name of the site. */
function leave() {
  if (!search.classList.contains("is-open")) return;
  search.classList.remove("is-open");
  opener.focus();
}

box.addEventListener("input", show);
opener.addEventListener("click", () => box.value.trim() && show());
box.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  if (event.key.startsWith("Arrow") && !box.value.trim()) return;
  KEYS[event.key]();
});
list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
search.addEventListener("focusout", ({ relatedTarget }) => {
  if (!relatedTarget || list.contains(relatedTarget)) return;
  open(false);
  if (!search.contains(relatedTarget)) search.classList.remove("is-open");
});
document.addEventListener("pointerdown", ({ target }) => {
  if (!search.contains(target)) open(false);
});
if (box.value.trim()) show();
else told.textContent = "Type what you look for";
