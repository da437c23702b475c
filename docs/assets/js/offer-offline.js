// Offers to save the site, where a browser can. What does it (save-offline.js) is brought when the reader asks for it, or has a copy.

import { bring } from "./bring.js";

const box = document.querySelector(".save-offline");
const workers = navigator.serviceWorker;

function start() {
  const button = box.querySelector("button");
  const told = box.querySelector("[role=status]");
  const say = (name) => (told.textContent = told.dataset[name]);

  function press() {
    say("saving");
    bring(box.dataset.script).then(
      () => button.click(),
      () => {
        say("failed");
        offer();
      },
    );
  }

  function offer() {
    button.addEventListener("click", press, { once: true });
  }

  box.hidden = false;
  if (workers.controller) bring(box.dataset.script);
  else offer();
}

if (box && workers && window.caches) start();
