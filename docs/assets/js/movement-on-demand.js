// "Show movement": brings what moves the drawings (movement.js) when a reader asks for it. The choice is kept, but whoever asks their
// device for less motion has to choose it on each page.

import { announce } from "./announcer.js";
import { loadAssets } from "./load-assets.js";
import { tryTo } from "./session-storage.js";

const KEY = "knee-ease-movement";
const row = document.querySelector(".show-movement");
const choice = row?.querySelector("input");
/** Both stand beside the page's own script: its styles stand in the page. */
const folder = document.querySelector("script[src]").src.replace(/js\/pages\/[^/]+$/, "");
const script = `${folder}js/pages/movement.js`;
const style = `${folder}css/movement.css`;

async function showMovement() {
  tryTo(() => (choice.checked ? localStorage.setItem(KEY, "on") : localStorage.removeItem(KEY)));
  if (!choice.checked) return window.kneeMovement?.leavePage();
  try {
    await bringMovement();
    if (choice.checked) window.kneeMovement.followPage();
  } catch {
    choice.checked = false;
    announce(row.dataset.failed);
  }
}

function bringMovement() {
  return loadAssets(script, style);
}

if (choice && Element.prototype.animate) {
  window.bringMovement = bringMovement; // for the session, which is a script of its own
  row.hidden = false;
  choice.addEventListener("change", showMovement);
  choice.checked = tryTo(() => localStorage.getItem(KEY)) && !matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (choice.checked) showMovement();
}
