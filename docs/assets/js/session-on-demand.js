// Brings the timed session (follow-along.js) once the reader has begun to read: at the first touch, key or scroll, so that it is there
// when Start is tapped, also if the signal has gone by then. The steps themselves never wait for it.

import { bring } from "./bring.js";
import { KEY } from "./session-key.js";

const start = document.querySelector(".start");
const parts = document.querySelector("script[data-session]")?.dataset;
const note = start?.querySelector("[role=status]");
const first = note?.textContent;
const SIGNS = ["pointerdown", "keydown", "scroll"];
let coming;

function bringSession() {
  coming ??= bring(parts.session, parts.style).then(
    () => start.removeEventListener("click", startLater),
    () => {
      coming = undefined;
      start.hidden = false;
    },
  );
  return coming;
}

/** A tap that came before the session did is not lost. */
async function startLater(event) {
  const button = event.target.closest("[data-start]");
  if (!button) return;
  note.textContent = note.dataset.loading;
  await bringSession();
  note.textContent = coming ? first : note.dataset.failed;
  if (coming) button.click();
}

if (start && parts && window.HTMLDialogElement?.prototype.showModal && document.querySelector("section.steps li")) {
  start.addEventListener("click", startLater);
  for (const sign of SIGNS) addEventListener(sign, bringSession, { once: true, passive: true });
  if (isUnderWay()) bringSession();
  else start.hidden = false;
}

/** Whether a session was left, here or on another page: only the session itself can tell what Start then says. */
function isUnderWay() {
  try {
    return Boolean(sessionStorage.getItem(KEY));
  } catch {
    return false;
  }
}
