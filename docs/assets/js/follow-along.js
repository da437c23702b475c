// Follow along: a technique or a routine, 1 step at a time over the whole screen. The steps come from the page, all other
// words from overrides/partials/knee/session.html. Nothing leaves the device, and what stands under KEY is all that is kept.

import { Bell } from "./bell.js";
import { partsOf, safetyWords } from "./page-parts.js";
import { ReadAloud } from "./read-aloud.js";
import { ScreenAwake } from "./screen-awake.js";
import { DIALOG } from "./session-dialog.js";
import { KEY } from "./session-key.js";
import { inDigits, Session, stopsOf } from "./session-state.js";

/** Milliseconds: from one look at the clock to the next, and for which the screen is kept on past the session's length. */
const LOOK = 250;
const FORGOTTEN = 10 * 60 * 1000;

document.body.insertAdjacentHTML("beforeend", DIALOG);
const start = document.querySelector(".start");
const dialog = document.querySelector("dialog.session");
const parts = partsOf(document);
const stops = stopsOf(parts);
const settings = { awake: true, bell: true, moveOn: true, aloud: false };
const phrases = {};
const bell = new Bell();
let session, awake, aloud, looking, screen, cameFrom;
let underWay = false; // from step 1 to the end: only then is a place kept

const find = (name) => dialog.querySelector(`[data-session="${name}"]`);
const switchOf = (name) => dialog.querySelector(`[data-switch="${name}"]`);
const control = (name) => dialog.querySelector(`.session__controls [data-do="${name}"]`);
const wayIn = (name) => start.querySelector(`[data-start="${name}"]`);
const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, key) => values[key]);
const phrase = (name, values) => filled(phrases[name].textContent, values);

/** What each button does, by its data-do. */
const actions = {
  leave: () => dialog.close(),
  agree() {
    allow();
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
  read: () => aloud.read(`${find("words").textContent} ${find("notes").textContent}`),
  hush: () => aloud.stop(),
  help() {
    cameFrom = screen;
    show("help");
  },
  "go-on": () => show(cameFrom),
  done() {
    forget();
    dialog.close();
  },
};

if (start && stops.length && dialog?.showModal) setUp();

function setUp() {
  for (const words of find("phrases").content.children) phrases[words.dataset.phrase] = words;
  for (const place of dialog.querySelectorAll("[data-list]")) place.append(...safetyWords(document, place.dataset.list));
  const help = document.querySelector(".urgent-strip a").getAttribute("href");
  for (const link of dialog.querySelectorAll("[data-help]")) link.setAttribute("href", help);
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
    const { part, leg, index } = stops[found.place];
    const words = filled(wayIn("go-on").dataset.words, { step: index + 1, steps: part.steps.length });
    wayIn("go-on").textContent = leg === 2 ? phrase("go-on-other", { words }) : words;
  }
  wayIn("new").hidden = found;
  wayIn("go-on").hidden = wayIn("again").hidden = !found;
  start.hidden = false;
}

function open(way) {
  if (!way) return;
  const found = way === "go-on" && kept();
  session = new Session(stops);
  forget();
  if (found) {
    session.takeUp(found);
    Object.assign(settings, found.settings);
    allow();
  }
  session.moveOn = settings.moveOn;
  for (const name of ["bell", "moveOn", "aloud"]) switchOf(name).checked = settings[name];
  dialog.showModal();
  looking = setInterval(look, LOOK);
  if (found) goTo(session.place);
  else show("check");
}

/** Call it from a tap: sounds and the screen need one. */
function allow() {
  bell.wake();
  if (settings.awake) stayAwake();
}

function finish() {
  forget();
  awake.off();
  show("end");
}

/** By a button, by Escape, or by the back button of a phone. */
function onClose() {
  keep();
  underWay = false;
  screen = "";
  clearInterval(looking);
  session.hold();
  aloud.stop();
  awake.off();
  showStart();
  start.querySelector("button:not([hidden])").focus();
}

// What is kept; a browser may keep nothing

function tryTo(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

function keep() {
  if (underWay) tryTo(() => sessionStorage.setItem(KEY, JSON.stringify({ page: location.pathname, settings, ...session.kept() })));
}

/** The kept place, if it is of this page and still good. */
function kept() {
  const found = tryTo(() => JSON.parse(sessionStorage.getItem(KEY)));
  return found?.page === location.pathname && new Session(stops).takeUp(found) ? found : null;
}

function forget() {
  underWay = false;
  tryTo(() => sessionStorage.removeItem(KEY));
}

// The screens

function show(name) {
  screen = dialog.dataset.screen = name;
  for (const one of dialog.querySelectorAll("section")) one.hidden = one.dataset.screen !== name;
  aloud.stop();
  session.hold();
  if (name === "step") {
    session.run();
    showStep();
  }
  for (const one of dialog.querySelectorAll("[data-when]")) one.hidden = (one.dataset.when === "under-way") !== underWay;
  dialog.scrollTop = 0;
  dialog.querySelector(`section[data-screen="${name}"] h2`).focus({ preventScroll: true });
}

function goTo(place) {
  underWay = true;
  session.go(place);
  if (screen === "step") showStep();
  else show("step");
  keep();
}

function showStep() {
  const { part, number, leg, step, index } = session.stop;
  const title = parts.length > 1 ? phrase("part", { part: number + 1, parts: parts.length, title: part.title }) : part.title;
  find("where").textContent = leg ? phrase(leg === 1 ? "first-leg" : "other-leg", { title }) : title;
  find("other").hidden = leg !== 2 || index > 0;
  find("count").textContent = phrase("count", { step: index + 1, steps: part.steps.length });
  find("words").textContent = step.words;
  const notes = index || leg === 2 ? step.notes : [...step.notes, ...part.about];
  find("notes").replaceChildren(...notes.map((note) => note.cloneNode(true)));
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
  if (find("picture").firstElementChild?.src === picture?.src) return;
  find("picture").replaceChildren(...(picture ? [picture.cloneNode()] : []));
}

function showClock() {
  const { stop, isUp, isLast, paused, moveOn } = session;
  const state = stop.waits ? "wait" : paused ? "paused" : isUp ? "up" : "run";
  const soon = isLast ? "up-end" : session.isBeforeOtherLeg ? "up-leg" : "up";
  const idle = state === "wait" || (state === "up" && !moveOn);
  find("clock").dataset.state = state;
  write("time", inDigits(session.left));
  write("left", phrase(stop.step.dose === "time" ? "left" : "about"));
  say(state !== "up" ? state : moveOn ? soon : isLast ? "up-wait-end" : "up-wait");
  find("pause").hidden = paused;
  find("unpause").hidden = !paused;
  if (idle && document.activeElement === control("pause")) control("next").focus();
  control("pause").hidden = idle;
}

/** Say in words what the clock does, once. */
function say(name) {
  const message = find("message");
  if (message.dataset.said === name) return;
  message.dataset.said = name;
  message.replaceChildren(...(phrases[name]?.cloneNode(true).childNodes ?? []));
}

/** Only when they differ: a screen reader may read every change. */
function write(name, words) {
  if (find(name).textContent !== words) find(name).textContent = words;
}

function look() {
  if (screen !== "step") return;
  const happened = session.tick(!document.hidden);
  if (happened === "up" && settings.bell) bell.ring(session.isBeforeOtherLeg ? 2 : 1);
  if (happened === "next") actions.next();
  else showClock();
}

// Settings and keys

function change(name, on) {
  settings[name] = on;
  if (name === "awake") on ? stayAwake() : awake.off();
  if (name === "bell" && on) bell.ring(); // so that the reader hears how loud it is
  session.moveOn = settings.moveOn;
}

function stayAwake() {
  awake.on(session.length + FORGOTTEN);
}

function showAwake(state) {
  switchOf("awake").checked = state === "on";
  find("awake-row").hidden = state === "none";
  write("awake-note", state === "none" ? phrase("set-screen", { minutes: Math.ceil(session.length / 60000) }) : "");
}

/** Arrows for Back and Next; the space bar for Pause where it presses nothing else. The page's own keys are off. */
function onKey(event) {
  event.stopPropagation();
  if (screen !== "step" || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat) return;
  const isRtl = getComputedStyle(dialog).direction === "rtl";
  if (event.key === (isRtl ? "ArrowRight" : "ArrowLeft")) actions.back();
  else if (event.key === (isRtl ? "ArrowLeft" : "ArrowRight")) actions.next();
  else if (event.key === " " && !event.target.closest("button, a")) {
    event.preventDefault();
    if (!control("pause").hidden) actions.pause();
  }
}
