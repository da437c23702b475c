// Loads the script of the theme's successor, which searches in a window of its own, when the reader first reaches for the search.
// It may keep nothing: the functions through which it would are given to it here, and do nothing.

import { tell } from "./announcer.js";
import { loadAssets } from "./load-assets.js";

const search = document.querySelector("[data-md-component=search]");
const theirs = document.querySelector("script[data-src]");
const told = search?.querySelector(".md-search__told");
let asked = false;
let wanted = false;

function loadTheme() {
  if (asked) return;
  asked = true;
  tell(told, told.dataset.loading);
  const { base } = JSON.parse(document.getElementById("__config").textContent);
  Object.assign(window, { __md_scope: new URL(base, location), __md_hash: () => 0, __md_get: () => null, __md_set: () => {} });
  loadAssets(theirs.dataset.src).then(takeOver, () => {
    asked = false;
    tell(told, told.dataset.failed);
  });
}

/** The window opens by itself from now on. A reader who pressed the button before gets it now. */
function takeOver() {
  document.addEventListener("keydown", keepLetters);
  told.textContent = "";
  if (wanted) search.click();
}

/** The theme opens the search on single letters. Somebody who speaks to their device would open it by accident. */
function keepLetters(event) {
  if (event.key.length === 1 && !event.composedPath()[0].closest?.("input, textarea, select")) event.stopPropagation();
}

if (search && theirs) {
  for (const event of ["pointerdown", "focusin", "click"]) search.addEventListener(event, loadTheme);
  search.addEventListener(
    "click",
    () => {
      wanted = true;
    },
    { once: true },
  );
}
