// Loads the theme's script, which searches, and gives it what it needs. It may keep nothing: the functions through which it would are
// given to it here, and do nothing.

import { announce, tell } from "./announcer.js";
import { LIMIT, loadAssets } from "./load-assets.js";

const search = document.querySelector("[data-md-component=search]");
const theirs = document.querySelector("script[data-src]").dataset.src;
const box = search.querySelector("input");
/** Milliseconds without a new letter, after which a reader has typed a word. */
const TYPING = 500;
const told = search.querySelector(".md-search-result__meta");

function loadTheme() {
  tell(told, told.dataset.loading);
  loadAssets(theirs).then(takeOver, () => {
    tell(told, told.dataset.failed);
    for (const event of ["pointerdown", "input"]) search.addEventListener(event, loadTheme, { once: true });
  });
}

/** The theme looks at the box when something happens there: what was typed meanwhile counts too. */
function takeOver() {
  document.addEventListener("keydown", keepKeys);
  search.addEventListener("focusout", closeBehind);
  // The theme writes what it found at each letter: the words are spoken once the reader stops typing.
  new MutationObserver(() => announce(told.textContent, TYPING)).observe(told, { childList: true, characterData: true, subtree: true });
  box.addEventListener("input", () => box.dispatchEvent(new Event("keyup"))); // words that are spoken or pasted press no key
  for (const event of ["focus", "keyup"]) box.dispatchEvent(new Event(event));
  setTimeout(() => {
    if (told.textContent === told.dataset.loading) told.textContent = told.dataset.failed; // its list of words did not come
  }, LIMIT);
}

/** The theme opens the search on single letters: somebody who speaks to their device would open it by accident. On Tab it takes the
    focus away, and in Safari nobody got past the box by keyboard. */
function keepKeys(event) {
  const letter = event.key.length === 1 && !event.target.closest("input, textarea, select");
  if (letter || event.key === "Tab") event.stopPropagation();
}

/** Whoever goes on to the rest of the page has no use for what was found. */
function closeBehind({ relatedTarget }) {
  if (!relatedTarget || search.contains(relatedTarget)) return;
  const toggle = document.getElementById("__search");
  if (toggle.checked) toggle.click();
}

const { base } = JSON.parse(document.getElementById("__config").textContent);
Object.assign(window, { __md_scope: new URL(base, location), __md_hash: () => 0, __md_get: () => null, __md_set: () => {} });
loadTheme();
