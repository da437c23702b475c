// A session: parts, each a list of steps, done for 1 leg or for both. No page in here.

/** Milliseconds from "Time is up" until the next step comes by itself. */
export const BREATH = 4000;

/** Milliseconds that a kept place is good for. Later, the safety check comes first again. */
export const KEPT = 30 * 60 * 1000;

/**
 * Put parts `{title, eachLeg, steps: [{seconds, dose}]}` into the order in which they are done. `leg` is 0 where
 * legs do not matter, else 1 or 2. The first step of a part waits for the reader when it names no time and no count.
 */
export function stopsOf(parts) {
  return parts.flatMap((part, partIndex) =>
    (part.eachLeg ? [1, 2] : [0]).flatMap((leg) =>
      part.steps.map((step, index) => ({ part, partIndex, leg, step, index, waits: step.dose === "none" && !index && leg < 2 })),
    ),
  );
}

export class Session {
  constructor(stops, now = () => Date.now()) {
    this.stops = stops;
    this.now = now;
    this.clock = new Clock(stops.map((stop) => stop.step.seconds * 1000), now);
    this.place = 0;
    this.paused = false;
    this.moveOn = true;
    this.told = false;
  }

  get stop() {
    return this.stops[this.place];
  }

  get left() {
    return this.clock.left(this.place);
  }

  get isUp() {
    return !this.stop.waits && this.left <= 0;
  }

  get isLast() {
    return this.place === this.stops.length - 1;
  }

  /** Milliseconds that the whole session takes, with the breath after each step. */
  get length() {
    return this.clock.lengths.reduce((sum, length) => sum + length + BREATH, 0);
  }

  /** Let the clock of this step run, unless the reader has paused it or the step waits. */
  run() {
    if (this.paused || this.stop.waits) this.clock.hold();
    else this.clock.run(this.place);
  }

  hold() {
    this.clock.hold();
  }

  pause(paused) {
    this.paused = paused;
    this.run();
  }

  /** Go to a step. Its clock goes on from what was left; one that had run out starts again. False: there is no such step. */
  go(place) {
    this.hold();
    if (place < 0 || place >= this.stops.length) return false;
    this.place = place;
    this.told = false;
    if (this.left <= 0) this.clock.set(place, this.clock.lengths[place]);
    this.run();
    return true;
  }

  /** Look at the clock. "up": this step's time has just ended. "next": go on by itself. It never does while nobody can see it. */
  tick(visible = true) {
    if (!this.isUp) return "";
    if (!this.told) {
      this.told = true;
      this.clock.set(this.place, 0); // the breath begins when the reader is told, also after a sleep of the device
      return "up";
    }
    if (!this.moveOn || !visible) this.clock.set(this.place, 0);
    return this.left <= -BREATH ? "next" : "";
  }

  /** What is kept for a reload: the place, what is left of each step, and when it was kept. */
  kept() {
    const lefts = this.stops.map((_, place) => Math.round(this.clock.left(place)));
    return { shape: this.#shape, place: this.place, lefts, at: this.now() };
  }

  /** Take up a kept place again; false where it is too old or belongs to other steps. */
  takeUp(kept) {
    const age = this.now() - kept?.at;
    if (kept?.shape !== this.#shape || !(age >= 0 && age < KEPT) || !this.stops[kept.place] || kept.lefts?.length !== this.stops.length) return false;
    this.clock.lefts = kept.lefts;
    this.go(kept.place);
    this.hold();
    return true;
  }

  get #shape() {
    return this.stops.map((stop) => `${stop.part.title} ${stop.leg} ${stop.step.seconds}`).join();
  }
}

/** The clocks of the steps. No timers in here: whoever asks gets what is left. */
export class Clock {
  /** `lengths`: milliseconds of each step. `now`: the time in milliseconds (a test can give its own). */
  constructor(lengths, now = () => Date.now()) {
    this.lengths = lengths;
    this.lefts = [...lengths];
    this.now = now;
    this.running = -1;
  }

  /** Milliseconds left of a step; below 0 once its time is up. */
  left(step) {
    return this.lefts[step] - (step === this.running ? Math.max(0, this.now() - this.since) : 0);
  }

  /** Let a step's clock run, from what is left of it; every other clock keeps what it has. */
  run(step) {
    this.hold();
    this.running = step;
    this.since = this.now();
  }

  hold() {
    if (this.running >= 0) this.lefts[this.running] = this.left(this.running);
    this.running = -1;
  }

  /** Put a step's clock to a number of milliseconds; it goes on running if it ran. */
  set(step, left) {
    this.lefts[step] = left;
    this.since = this.now();
  }
}

/** Give milliseconds as minutes and seconds: "1:05". A second that has begun is shown whole. */
export function inDigits(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
