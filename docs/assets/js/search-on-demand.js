// Brings the theme's script, which searches, when the reader first reaches for the search box: no page needs it before.
// The theme may keep nothing: the functions through which it would are given to it here, and do nothing.

import { bring } from "./bring.js";

const search = document.querySelector("[data-md-component=search]");
const theirs = document.querySelector("script[data-src]");
const box = search?.querySelector("input");
const told = search?.querySelector("[role=status]");
let asked = false;

function bringTheme() {
  if (asked) return;
  asked = true;
  told.textContent = told.dataset.loading;
  const { base } = JSON.parse(document.getElementById("__config").textContent);
  Object.assign(window, { __md_scope: new URL(base, location), __md_hash: () => 0, __md_get: () => null, __md_set: () => {} });
  bring(theirs.dataset.src, search.dataset.style).then(takeOver, () => {
    asked = false;
    told.textContent = told.dataset.failed;
  });
}

/** The theme looks at the box when something happens there: what was typed meanwhile counts too. */
function takeOver() {
  document.addEventListener("keydown", keepLetters);
  for (const event of ["focus", "keyup"]) box.dispatchEvent(new Event(event));
}

/** The theme opens the search on single letters. Somebody who speaks to their device would open it by accident. */
function keepLetters(event) {
  if (event.key.length === 1 && !event.target.closest("input, textarea, select")) event.stopPropagation();
}

if (search && theirs) {
  for (const event of ["pointerdown", "focusin", "input"]) search.addEventListener(event, bringTheme);
  document.getElementById("__search").addEventListener("change", (event) => {
    bringTheme();
    if (event.target.checked) box.focus();
  });
}
