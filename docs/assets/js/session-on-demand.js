// Brings the timed session (follow-along.js) once the reader has begun to read: at the first touch, key or scroll, so that it is there
// when Start is tapped, also if the signal has gone by then. The steps themselves never wait for it.

import { bring } from "./bring.js";
import { KEY } from "./session-key.js";

const start = document.querySelector(".start");
const parts = document.querySelector("script[data-session]")?.dataset;
const note = start?.querySelector("[role=status]");
const first = note?.textContent;
/** Milliseconds for which Start waits for words of its own, such as "Go on: step 2 of 5". */
const PATIENCE = 2000;
const SIGNS = ["pointerdown", "keydown", "scroll"];
let coming;
let isWaiting = false;

function bringSession() {
  coming ??= bring(parts.session, parts.style)
    .then(() => {
      if (!document.querySelector("dialog.session")) throw new Error("some other page came in its place");
      start.removeEventListener("click", startLater);
      note.textContent = first;
    })
    .catch(() => {
      coming = undefined;
      start.hidden = false;
    });
  return coming;
}

/** A tap that came before the session did is not lost. */
async function startLater(event) {
  const button = event.target.closest("[data-start]");
  if (!button || isWaiting) return;
  isWaiting = true;
  note.textContent = note.dataset.loading;
  await bringSession();
  isWaiting = false;
  if (coming) return button.click();
  note.textContent = note.dataset.failed;
  note.scrollIntoView({ block: "nearest" });
}

if (start && parts && window.HTMLDialogElement?.prototype.showModal && document.querySelector("section.steps li")) {
  start.addEventListener("click", startLater);
  for (const sign of SIGNS) addEventListener(sign, bringSession, { once: true, passive: true });
  if (!wasLeftHere()) start.hidden = false;
  else {
    bringSession();
    setTimeout(() => (start.hidden = false), PATIENCE);
  }
}

/** Whether a session was left on this page: only the session itself can tell what Start then says. */
function wasLeftHere() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY))?.page === location.pathname;
  } catch {
    return false;
  }
}
