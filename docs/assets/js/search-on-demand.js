// The search's box: opens and closes on a phone, and fetches what finds (search.js) when the reader first reaches for it.

import { tell } from "./announcer.js";
import { loadScript, loadStyle } from "./load-assets.js";

const search = document.querySelector(".site-search");
const [opener, box, closer] = search.querySelectorAll("button, input");
const told = search.querySelector(".site-search__told");
let asked = false;

function loadSearch() {
  if (asked) return;
  asked = true;
  Promise.all([loadScript(search.dataset.script), loadStyle(search.dataset.style)]).catch(() => {
    asked = false;
    say(told.dataset.failed);
  });
}

/** Tell how it stands with the search, until what it finds takes the place of these words. */
function say(words) {
  search.querySelector(".site-search__output").hidden = false;
  tell(told, words);
}

search.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
for (const event of ["pointerdown", "focusin", "input"]) search.addEventListener(event, loadSearch);
box.addEventListener("input", () => {
  if (!told.textContent) say(told.dataset.loading);
});
opener.addEventListener("click", () => {
  search.classList.add("is-open");
  box.focus();
});
closer.addEventListener("click", () => {
  search.classList.remove("is-open");
  opener.focus();
});
