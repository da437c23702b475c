// Loads the timed session (follow-along.js) once the reader has begun to read: at the first touch, key or scroll, so that it is there
// when Start is tapped, also if the signal has gone by then. The steps themselves never wait for it.

import { announce, tell } from "./announcer.js";
import { loadAssets } from "./load-assets.js";
import { storedPlace } from "./session-storage.js";

const start = document.querySelector(".start");
const parts = document.querySelector("script[data-session]")?.dataset;
const buttons = start?.querySelectorAll("button");
const note = start?.querySelector(".start__note");
const first = note?.textContent;
/** Milliseconds for which Start waits for words of its own, such as "Continue: step 2 of 5". */
const PATIENCE = 2000;
/** Milliseconds after which a reader who listens is told that it takes a while. */
const A_WHILE = 1000;
const SIGNS = ["pointerdown", "keydown", "scroll"];
let coming, isWaiting;

function loadSession() {
  coming ??= loadAssets(parts.session, parts.style)
    .then(() => {
      if (!document.querySelector("dialog.session")) throw new Error("not the session");
      for (const button of buttons) button.removeEventListener("click", startLater);
      note.textContent = first;
      if (isWaiting) announce(""); // else it would cut off what others tell
    })
    .catch(() => {
      coming = undefined;
      start.hidden = false;
    });
  return coming;
}

/** A tap that came before the session did is not lost. */
async function startLater({ currentTarget }) {
  if (isWaiting) return;
  isWaiting = true;
  note.textContent = note.dataset.loading;
  announce(note.dataset.loading, A_WHILE);
  await loadSession();
  isWaiting = false;
  if (coming) return currentTarget.click();
  tell(note, note.dataset.failed);
  note.scrollIntoView({ block: "nearest" });
}

if (start && parts && window.HTMLDialogElement?.prototype.showModal && document.querySelector("section.steps li")) {
  for (const button of buttons) button.addEventListener("click", startLater);
  for (const sign of SIGNS) addEventListener(sign, loadSession, { once: true, passive: true });
  if (!storedPlace()) start.hidden = false;
  else {
    // A session was left on this page: only the session itself can tell what Start then says.
    loadSession();
    setTimeout(() => {
      start.hidden = false;
    }, PATIENCE);
  }
}
