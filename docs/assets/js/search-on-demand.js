// Brings the search (search.js, and by it the theme's script) when the reader first reaches for its box: no page needs it before.

import { bring } from "./bring.js";

const search = document.querySelector("[data-md-component=search]");
const told = search?.querySelector("[role=status]");
let asked = false;

function bringSearch() {
  if (asked) return;
  asked = true;
  told.textContent = told.dataset.loading;
  bring(search.dataset.script, search.dataset.style).catch(() => {
    asked = false;
    told.textContent = told.dataset.failed;
  });
}

if (search) {
  search.querySelector("form").addEventListener("submit", (event) => event.preventDefault()); // Enter, before the search is there
  for (const event of ["pointerdown", "focusin", "input"]) search.addEventListener(event, bringSearch);
  document.getElementById("__search").addEventListener("change", (event) => {
    bringSearch();
    if (event.target.checked) search.querySelector("input").focus();
  });
}
