// Follow along: a technique or a routine, 1 step at a time over the whole screen. The steps come from the page, all other
// words from overrides/partials/knee/follow-along.html. Nothing leaves the device, and KEY is all that is kept.

import { Bell } from "./bell.js";
import { partsOf, safetyList } from "./page-parts.js";
import { ReadAloud } from "./read-aloud.js";
import { ScreenAwake } from "./screen-awake.js";
import { inDigits, Session, stopsOf } from "./session-state.js";

const KEY = "knee-ease-session";
/** How often the clock is looked at, and how long past the session's length the screen is kept on; in milliseconds. */
const LOOK = 250;
const FORGOTTEN = 10 * 60 * 1000;

const start = document.querySelector(".start");
const dialog = document.querySelector("dialog.session");
const parts = partsOf(document);
const stops = stopsOf(parts);
const settings = { awake: true, bell: true, moveOn: true, aloud: false };
const phrases = {};
const bell = new Bell();
let session = new Session(stops);
let underWay = false; // from step 1 to the end: only then is a place kept
let screen = "";
let cameFrom = "";
let looking;
let awake;
let aloud;

const find = (name) => dialog.querySelector(`[data-session="${name}"]`);
const button = (name) => dialog.querySelector(`.session__controls [data-do="${name}"]`);
const wayIn = (name) => start.querySelector(`[data-start="${name}"]`);
const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, key) => values[key]);
const phrase = (name, values) => filled(phrases[name].textContent, values);

/** What each button does, by its data-do. */
const actions = {
  leave: () => dialog.close(),
  agree() {
    bell.wake(); // sounds and the screen need a tap, and this is one
    if (settings.awake) stayAwake();
    show("ready");
  },
  settings: () => show("ready"),
  steps: () => (underWay ? show("step") : goTo(0)),
  back: () => (session.place ? goTo(session.place - 1) : show("ready")),
  next: () => (session.isLast ? finish() : goTo(session.place + 1)),
  pause() {
    session.pause(!session.paused);
    showClock();
  },
  read: () => aloud.read(find("words").textContent + " " + find("notes").textContent),
  hush: () => aloud.stop(),
  help() {
    cameFrom = screen;
    show("help");
  },
  "go-on": () => show(cameFrom),
  stop: () => leaveForGood(),
  done: () => leaveForGood(),
};

if (start && stops.length && dialog?.showModal) setUp();

function setUp() {
  for (const words of find("phrases").content.children) phrases[words.dataset.phrase] = words;
  for (const name of ["do-not", "stop"]) fillLists(name);
  find("legs").hidden = !parts.some((part) => part.eachLeg);
  dialog.setAttribute("aria-label", document.querySelector("h1").textContent.trim());
  awake = new ScreenAwake(showAwake);
  aloud = new ReadAloud((possible) => (find("aloud-row").hidden = !possible));

  start.addEventListener("click", (event) => open(event.target.closest("[data-start]")?.dataset.start));
  dialog.addEventListener("click", (event) => actions[event.target.closest("[data-do]")?.dataset.do]?.());
  dialog.addEventListener("change", (event) => change(event.target.dataset.switch, event.target.checked));
  dialog.addEventListener("keydown", onKey);
  dialog.addEventListener("close", onClose);
  document.addEventListener("visibilitychange", () => (document.hidden ? keep() : look()));
  window.addEventListener("pagehide", keep);
  showStart();
}

// The way in and the way out

function showStart() {
  const found = kept();
  if (found) {
    const stop = stops[found.place];
    const words = filled(wayIn("go-on").dataset.words, { step: stop.index + 1, steps: stop.part.steps.length });
    wayIn("go-on").textContent = stop.leg === 2 ? phrase("go-on-other", { words }) : words;
  }
  for (const [name, shown] of [["new", !found], ["go-on", found], ["again", found]]) wayIn(name).hidden = !shown;
  start.hidden = false;
}

function open(way) {
  if (!way) return;
  const found = way === "go-on" && kept();
  session = new Session(stops);
  underWay = Boolean(found);
  if (found) {
    session.takeUp(found);
    Object.assign(settings, found.settings);
    bell.wake();
    if (settings.awake) stayAwake();
  } else forget();
  session.moveOn = settings.moveOn;
  for (const name of ["bell", "moveOn", "aloud"]) dialog.querySelector(`[data-switch="${name}"]`).checked = settings[name];
  dialog.showModal();
  looking = setInterval(look, LOOK);
  if (found) goTo(session.place);
  else show("check");
}

function finish() {
  underWay = false;
  forget();
  awake.off();
  show("end");
}

function leaveForGood() {
  underWay = false;
  forget();
  dialog.close();
}

/** However the reader left: by a button, by Escape, or by the back button of a phone. */
function onClose() {
  if (underWay) store();
  underWay = false;
  screen = "";
  clearInterval(looking);
  session.hold();
  aloud.stop();
  awake.off();
  showStart();
  start.querySelector("button:not([hidden])").focus();
}

// What is kept

function keep() {
  if (underWay) store();
}

function store() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ page: location.pathname, settings, ...session.kept() }));
  } catch {
    // a browser that keeps nothing: the session works all the same
  }
}

/** The kept place, if it is of this page and still good. */
function kept() {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY));
    return found.page === location.pathname && new Session(stops).takeUp(found) ? found : null;
  } catch {
    return null;
  }
}

function forget() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // nothing was kept
  }
}

// The screens

function show(name) {
  screen = dialog.dataset.screen = name;
  for (const one of dialog.querySelectorAll(".session__screen")) one.hidden = one.dataset.screen !== name;
  aloud.stop();
  if (name === "step") {
    session.run();
    showStep();
  } else session.hold();
  if (name === "ready") {
    find("first").hidden = underWay;
    find("again").hidden = !underWay;
  }
  dialog.scrollTop = 0;
  dialog.querySelector(`.session__screen[data-screen="${name}"] h2`).focus();
}

function goTo(place) {
  underWay = true;
  session.go(place);
  if (screen === "step") showStep();
  else show("step");
  keep();
}

function showStep() {
  const { part, partIndex, leg, step, index } = session.stop;
  const title = parts.length > 1 ? phrase("part", { part: partIndex + 1, parts: parts.length, title: part.title }) : part.title;
  find("where").textContent = leg ? phrase(leg === 1 ? "first-leg" : "other-leg", { title }) : title;
  find("other").hidden = leg !== 2 || index > 0;
  find("count").textContent = phrase("count", { step: index + 1, steps: part.steps.length });
  find("words").textContent = step.words;
  const about = index === 0 && leg < 2 ? part.about : [];
  find("notes").replaceChildren(...[...step.notes, ...about].map((note) => note.cloneNode(true)));
  showPicture(step.picture ?? part.picture);
  find("progress").style.inlineSize = `${(100 * (session.place + 1)) / stops.length}%`;
  find("next").hidden = session.isLast;
  find("finish").hidden = !session.isLast;
  find("aloud-buttons").hidden = !settings.aloud || find("aloud-row").hidden;
  dialog.scrollTop = 0;
  showClock();
  if (settings.aloud) actions.read();
}

function showPicture(picture) {
  const shown = find("picture").firstElementChild;
  if (shown?.src === picture?.src) return;
  find("picture").replaceChildren(...(picture ? [picture.cloneNode()] : []));
}

function showClock() {
  const { stop, isUp, isLast, paused, moveOn, left } = session;
  const state = stop.waits ? "wait" : paused ? "paused" : isUp ? "up" : "run";
  const changesLeg = stops[session.place + 1]?.leg === 2 && stop.leg === 1;
  const up = moveOn ? (isLast ? "up-end" : changesLeg ? "up-leg" : "up") : isLast ? "up-wait-end" : "up-wait";
  find("clock").dataset.state = state;
  write("time", inDigits(left));
  write("left", phrase(stop.step.dose === "time" ? "left" : "about"));
  say(state === "up" ? up : state);
  find("pause").hidden = paused;
  find("unpause").hidden = !paused;
  const nothingRuns = stop.waits || (isUp && !moveOn && !paused);
  if (nothingRuns && document.activeElement === button("pause")) button("next").focus();
  button("pause").classList.toggle("session__button--gone", nothingRuns);
}

/** Say in words what the clock does, once. */
function say(name) {
  const message = find("message");
  if (message.dataset.said === name) return;
  message.dataset.said = name;
  message.replaceChildren(...(phrases[name]?.cloneNode(true).childNodes ?? []));
}

/** Change words only when they differ: a screen reader reads every change of some of them. */
function write(name, words) {
  if (find(name).textContent !== words) find(name).textContent = words;
}

function look() {
  if (screen !== "step") return;
  const happened = session.tick(!document.hidden);
  if (happened === "up" && settings.bell) bell.ring(stops[session.place + 1]?.leg === 2 && session.stop.leg === 1 ? 2 : 1);
  if (happened === "next") actions.next();
  else showClock();
}

// Settings and keys

function change(name, on) {
  settings[name] = on;
  if (name === "awake" && on) stayAwake();
  if (name === "awake" && !on) awake.off();
  if (name === "bell" && on) bell.ring(); // so that the reader hears how loud it is
  if (name === "moveOn") session.moveOn = on;
}

function stayAwake() {
  awake.on(session.length + FORGOTTEN);
}

function showAwake(state) {
  dialog.querySelector('[data-switch="awake"]').checked = state === "on";
  find("awake-row").hidden = state === "none";
  write("awake-note", state === "none" ? phrase("set-screen", { minutes: Math.ceil(session.length / 60000) }) : "");
}

/** Arrows for Back and Next, and the space bar for Pause where it presses nothing else. The page's own keys are off. */
function onKey(event) {
  event.stopPropagation();
  if (screen !== "step" || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat) return;
  const [back, next] = getComputedStyle(dialog).direction === "rtl" ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];
  const nothingRuns = button("pause").classList.contains("session__button--gone");
  if (event.key === back) actions.back();
  else if (event.key === next) actions.next();
  else if (event.key === " " && !event.target.closest("button, a, input")) {
    event.preventDefault();
    if (!nothingRuns) actions.pause();
  }
}

function fillLists(name) {
  for (const list of dialog.querySelectorAll(`[data-session="${name}"]`)) {
    list.replaceChildren(
      ...safetyList(document, name).map((words) => {
        const item = document.createElement("li");
        item.textContent = words;
        return item;
      }),
    );
  }
}
