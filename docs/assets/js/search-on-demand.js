// Loads the search (search.js, and by it the theme's script) when the reader first reaches for its box: no page needs it before.

import { tell } from "./announcer.js";
import { loadAssets } from "./load-assets.js";

const search = document.querySelector("[data-md-component=search]");
const told = search?.querySelector(".md-search-result__meta");
let asked = false;

function loadSearch() {
  if (asked) return;
  asked = true;
  tell(told, told.dataset.loading);
  loadAssets(search.dataset.script, search.dataset.style).catch(() => {
    asked = false;
    tell(told, told.dataset.failed);
  });
}

if (search) {
  search.querySelector("form").addEventListener("submit", (event) => event.preventDefault()); // Enter, before the search is there
  for (const event of ["pointerdown", "focusin", "input"]) search.addEventListener(event, loadSearch);
  document.getElementById("__search").addEventListener("change", (event) => {
    loadSearch();
    if (event.target.checked) search.querySelector("input").focus();
  });
}
