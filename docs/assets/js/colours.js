// Light or dark, as the reader chose it. Nothing is kept until a choice is made, and "Same as my device" forgets it again.
// The choice is put on the page by overrides/partials/knee/first-script.html, before the page is drawn.

const KEY = "knee-ease-colours";
const page = document.documentElement;
const form = document.querySelector(".colours");

function choose(scheme) {
  if (scheme) page.dataset.colours = scheme;
  else delete page.dataset.colours;
  try {
    if (scheme) localStorage.setItem(KEY, scheme);
    else localStorage.removeItem(KEY);
  } catch {
    // a browser may keep nothing: the choice then holds for this page
  }
}

if (form) {
  form.elements.colours.value = page.dataset.colours ?? "";
  form.addEventListener("change", (event) => choose(event.target.value));
}
