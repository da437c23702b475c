// Light or dark, as the reader chose it. Nothing is kept until a choice is made, and "Same as my device" forgets it again.
// The choice is put on the page by overrides/partials/knee/first-script.html, before the page is drawn.

/** Under which name the choice is kept: the first script has to know it, and says it. */
const KEY = window.coloursKey;
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

function show() {
  const chosen = page.dataset.colours ?? "";
  for (const choice of form.elements.colours) choice.checked = choice.value === chosen;
}

/** A page that the browser kept while another one was looked at does not know what was chosen there. */
function catchUp({ persisted }) {
  try {
    if (persisted) choose(localStorage.getItem(KEY));
  } catch {
    // what this page shows stays
  }
  setTimeout(show); // Safari's engine still puts back what the form held
}

if (form) {
  show();
  form.addEventListener("change", (event) => choose(event.target.value));
  addEventListener("pageshow", catchUp);
}
