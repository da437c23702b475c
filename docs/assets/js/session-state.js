// A session: parts, each a list of steps, done for 1 leg or for both, and a clock for each step. No page in here.

/** Milliseconds from "Time is up" until the next step comes by itself. */
const AUTO_ADVANCE_DELAY = 4000;
/** Milliseconds that a kept place is good for. Later, the safety check comes first again. */
const PLACE_EXPIRES_AFTER = 30 * 60 * 1000;

/** The steps in the order in which they are done. `leg` is 0 where legs do not matter, else 1 or 2. A part's first step
 *  waits for the reader when it names no time and no count. */
export function stopsOf(parts) {
  return parts.flatMap((part, number) =>
    (part.eachLeg ? [1, 2] : [0]).flatMap((leg) =>
      part.steps.map((step, index) => ({ part, number, leg, step, index, waits: step.dose === "none" && !index && leg < 2 })),
    ),
  );
}

export class Session {
  place = 0;
  paused = false;
  moveOn = true;
  #told = false;
  #since = null; // when the clock of this step began to run; null while it is held

  constructor(stops, now = () => Date.now()) {
    this.stops = stops;
    this.now = now;
    this.lengths = stops.map((stop) => stop.step.seconds * 1000);
    this.remaining = [...this.lengths];
    this.shape = stops.map(({ part, leg, step }) => [part.title, leg, step.seconds]).join();
  }

  get stop() {
    return this.stops[this.place];
  }

  /** Milliseconds left of this step; below 0 once its time is up. */
  get left() {
    return this.remaining[this.place] - (this.#since === null ? 0 : Math.max(0, this.now() - this.#since));
  }

  get isUp() {
    return !this.stop.waits && this.left <= 0;
  }

  get isLast() {
    return this.place === this.stops.length - 1;
  }

  get isBeforeOtherLeg() {
    return this.stop.leg === 1 && this.stops[this.place + 1].leg === 2;
  }

  /** Milliseconds that all of it takes. */
  get length() {
    return this.lengths.reduce((sum, length) => sum + length + AUTO_ADVANCE_DELAY, 0);
  }

  run() {
    this.hold();
    if (!this.paused && !this.stop.waits) this.#since = this.now();
  }

  hold() {
    this.remaining[this.place] = this.left;
    this.#since = null;
  }

  pause(paused) {
    this.paused = paused;
    this.run();
  }

  /** Go to a step. Its clock goes on from what was left; one that had run out starts again. */
  go(place) {
    this.hold();
    this.place = place;
    this.#told = false;
    if (this.left <= 0) this.remaining[place] = this.lengths[place];
    this.run();
  }

  /** Look at the clock. "up": this step's time has just ended. "next": go on by itself, but never while nobody can see it. */
  tick(visible = true) {
    if (!this.isUp) return "";
    const first = !this.#told;
    this.#told = true;
    // The delay begins when the reader is told, also after the device has slept.
    if (first || !this.moveOn || !visible) {
      this.remaining[this.place] = 0;
      this.#since &&= this.now();
    }
    return first ? "up" : this.left <= -AUTO_ADVANCE_DELAY ? "next" : "";
  }

  snapshot() {
    const remaining = [...this.remaining];
    remaining[this.place] = this.left;
    return { shape: this.shape, place: this.place, remaining, at: this.now() };
  }

  /** Take up a kept place; false where it is too old or belongs to other steps. */
  restore(snapshot) {
    const age = this.now() - snapshot.at;
    const fits = snapshot.shape === this.shape && snapshot.remaining?.length === this.stops.length && this.stops[snapshot.place];
    if (!fits || !(age >= 0 && age < PLACE_EXPIRES_AFTER)) return false;
    this.remaining = snapshot.remaining;
    this.go(snapshot.place);
    return true;
  }
}

/** Milliseconds as "1:05". A second that has begun is shown whole. */
export function inDigits(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
