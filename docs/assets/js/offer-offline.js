// Offers to save the site, where a browser can. What does it (save-offline.js) is brought when the reader asks for it, or has a copy.

import { bring } from "./bring.js";

const box = document.querySelector(".save-offline");
const workers = navigator.serviceWorker;

async function start() {
  box.hidden = false;
  if (!(await workers.getRegistration().catch(() => null)) || !(await bringIt().catch(() => false))) offer();
}

function offer() {
  box.querySelector("button").addEventListener("click", press, { once: true });
}

async function press({ currentTarget }) {
  const told = box.querySelector("[role=status]");
  told.textContent = told.dataset.saving;
  try {
    await bringIt();
    currentTarget.click();
  } catch {
    told.textContent = told.dataset.failed;
    offer();
  }
}

/** Gives a promise that is broken where something else came in its place, such as a network's page to sign in. */
async function bringIt() {
  await bring(box.dataset.script);
  if (!("ready" in box.dataset)) throw new Error("it did not run");
  return true;
}

if (box && workers && window.caches) start();
