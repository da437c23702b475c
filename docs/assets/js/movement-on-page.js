// Which drawing of a page moves: of those that are in sight the first, 3 rounds long, then the next. One that comes into sight again
// moves again. A session shows its own.

import { move, stop } from "./movement.js";

const ROUNDS = 3;
/** How much of a drawing has to be in sight. */
const ENOUGH = 0.6;
const inSight = new Set();
const shown = new Set();
const pictures = [...document.querySelectorAll("[data-round] img, img[data-round]")];
let watch, moving;

export function followPage() {
  leavePage();
  watch = new IntersectionObserver(look, { threshold: ENOUGH });
  for (const picture of pictures) watch.observe(picture);
}

export function leavePage() {
  watch?.disconnect();
  inSight.clear();
  shown.clear();
  moving = undefined;
  stop();
}

function look(entries) {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) inSight.add(target);
    else if (inSight.delete(target)) shown.delete(target);
    if (!isIntersecting && target === moving) stop();
  }
  next();
}

async function next() {
  if (moving || document.querySelector("dialog[open]")) return;
  moving = pictures.find((picture) => inSight.has(picture) && !shown.has(picture));
  if (!moving) return;
  shown.add(moving);
  const mine = watch;
  const { round, hold = 0 } = moving.closest("[data-round]").dataset;
  await move(moving, { seconds: Number(round), hold: Number(hold) }, ROUNDS);
  if (mine !== watch) return;
  moving = undefined;
  next();
}
