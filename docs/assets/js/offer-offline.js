// Offers to save the site, where a browser can. What does it (save-offline.js) is loaded when the reader asks for it, or has a copy.

import { tell } from "./announcer.js";
import { loadAssets } from "./load-assets.js";

const box = document.querySelector(".save-offline");
const workers = navigator.serviceWorker;

async function start() {
  let registration;
  try {
    registration = await workers.getRegistration();
  } catch {
    return; // the reader has told the browser to store nothing
  }
  box.hidden = false;
  if (!registration || !(await loadSaving().catch(() => false))) offer();
}

function offer() {
  box.querySelector("button").addEventListener("click", press, { once: true });
}

async function press({ currentTarget }) {
  const told = box.querySelector("[data-told]");
  tell(told, told.dataset.saving);
  try {
    await loadSaving();
    currentTarget.click();
  } catch {
    tell(told, told.dataset.failed);
    offer();
  }
}

/** Rejects where something else came in its place, such as a network's page to sign in. */
async function loadSaving() {
  await loadAssets(box.dataset.script);
  if (!("ready" in box.dataset)) throw new Error("it did not run");
  return true;
}

if (box && workers && window.caches) start();
