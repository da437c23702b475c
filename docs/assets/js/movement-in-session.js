// A session shows the movement of its step with its clock, and ticks for each stroke, at the same pace.

import { keepTo, move, stop } from "./movement.js";

/** Milliseconds: longer than from one look at the clock to the next. */
const AHEAD = 400;
const choice = document.querySelector(".show-movement input");
/** The place in the session whose movement is shown; -1 where none is. */
let shown = -1;
let ticked;

/** Call it at each look at the clock. `box` holds the picture; `tickIn` ticks so many milliseconds from now, where that is wished for. */
export function followSession({ stop: { step }, place, lengths, left, paused, isUp }, box, tickIn) {
  const gone = lengths[place] - left;
  const picture = step.round && !isUp && choice.checked && box.querySelector("img");
  if (shown !== place || !picture) leaveSession();
  if (picture && shown < 0) {
    shown = place;
    move(picture, { seconds: step.round, hold: step.hold });
  }
  if (shown === place) keepTo(gone, !paused);
  if (tickIn && step.round && !isUp && !paused) tick(place, gone, step.round * 1000, lengths[place], tickIn);
}

export function leaveSession() {
  if (shown >= 0) stop();
  shown = -1;
}

function tick(place, gone, round, length, tickIn) {
  const next = Math.ceil(gone / round) * round;
  const stroke = `${place} ${next}`;
  if (stroke === ticked || next - gone > AHEAD || next >= length) return;
  ticked = stroke;
  tickIn(next - gone);
}
