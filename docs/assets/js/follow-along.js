// Follow along: a technique or a routine, 1 step at a time over the whole screen. Here is what each button, switch and key does, and
// when the next step comes; session-view.js shows it. Nothing leaves the device, and the place (session-storage.js) is all that is kept.

import { region } from "./announcer.js";
import { ringBell, tickIn, wakeBell } from "./bell.js";
import { partsOf } from "./page-parts.js";
import { readAloud, stopReading, watchVoices } from "./read-aloud.js";
import { keepAwake, letSleep, watchScreen } from "./screen-awake.js";
import { Session, stopsOf } from "./session-state.js";
import { forgetPlace, storePlace } from "./session-place.js";
import { storedPlace } from "./session-storage.js";
import { addSession, filled, find, phrase, readable, showAwake, showClock, showScreen, showStep, switchOf } from "./session-view.js";

/** Milliseconds: from one look at the clock to the next, and for which the screen is kept on past the session's length. */
const LOOK = 250;
const FORGOTTEN = 10 * 60 * 1000;

const settings = { awake: true, bell: true, moveOn: true, aloud: false, tick: false };
/** The page's own switch decides, and brings what moves the drawings (movement-on-demand.js). */
const movement = document.querySelector(".show-movement input");
let start, dialog, stops, session, looking, screen, cameFrom;
let isUnderWay = false; // from step 1 to the end: only then is a place kept

/** What each button does, by its data-do. */
const actions = {
  leave: () => dialog.close(),
  agree() {
    allow();
    show("ready");
  },
  settings: () => show("ready"),
  steps: () => (isUnderWay ? show("step") : goTo(0)),
  back: () => (session.place ? goTo(session.place - 1) : show("ready")),
  next: () => (session.isLast ? finish() : goTo(session.place + 1)),
  pause() {
    session.pause(!session.paused);
    showClock(session);
  },
  read: () => readAloud(readable()),
  hush: stopReading,
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

/** Offer to follow the page along, where it has steps and the browser can show a dialog. */
export function offerSession() {
  start = document.querySelector(".start");
  const parts = partsOf(document);
  stops = stopsOf(parts);
  dialog = addSession(parts);
  if (!start || !stops.length || !dialog.showModal) return;
  watchScreen((state) => showAwake(state, session.length));
  watchVoices((isPossible) => {
    find("aloud-row").hidden = !isPossible;
  });
  // Listeners stand on the buttons: by ear, one on the whole dialog would make every word of it "clickable".
  for (const button of start.querySelectorAll("button")) button.addEventListener("click", () => open(button.dataset.start));
  for (const button of dialog.querySelectorAll("button")) button.addEventListener("click", actions[button.dataset.do]);
  dialog.addEventListener("change", ({ target }) => change(target.dataset.switch, target.checked));
  dialog.addEventListener("keydown", onKey);
  dialog.addEventListener("close", onClose);
  document.addEventListener("visibilitychange", () => (document.hidden ? keep() : look()));
  addEventListener("pagehide", keep);
  showStart();
}

// The way in and the way out

function showStart() {
  const wayIn = (name) => start.querySelector(`[data-start="${name}"]`);
  const found = placeToGoOn();
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
  const found = way === "go-on" && placeToGoOn();
  session = new Session(stops);
  forget();
  if (found) {
    session.restore(found);
    Object.assign(settings, found.settings);
    allow();
  }
  session.moveOn = settings.moveOn;
  for (const name of ["bell", "moveOn", "aloud", "tick"]) switchOf(name).checked = settings[name];
  switchOf("movement").checked = movement?.checked;
  if (settings.tick) window.bringMovement();
  dialog.showModal();
  dialog.append(region); // while the dialog is open, only what stands in it is heard
  looking = setInterval(look, LOOK);
  if (found) goTo(session.place);
  else show("check");
}

/** Call it from a tap: sounds and the screen need one. */
function allow() {
  wakeBell();
  if (settings.awake) stayAwake();
}

function finish() {
  forget();
  letSleep();
  show("end");
}

/** By a button, by Escape, or by the back button of a phone. */
function onClose() {
  keep();
  isUnderWay = false;
  screen = "";
  clearInterval(looking);
  session.hold();
  window.kneeMovement?.leaveSession();
  stopReading();
  letSleep();
  document.body.append(region);
  showStart();
  start.querySelector("button:not([hidden])").focus();
}

// The place

function keep() {
  if (isUnderWay) storePlace({ settings, ...session.snapshot() });
}

/** The stored place, if it is still good. */
function placeToGoOn() {
  const stored = storedPlace();
  return stored && new Session(stops).restore(stored) ? stored : null;
}

function forget() {
  isUnderWay = false;
  forgetPlace();
}

// Screens, steps and the clock

function show(name) {
  screen = name;
  stopReading();
  session.hold();
  window.kneeMovement?.leaveSession();
  showScreen(name, isUnderWay);
  if (name !== "step") return;
  session.run();
  goThrough(true);
}

function goTo(place) {
  isUnderWay = true;
  session.go(place);
  if (screen === "step") goThrough(false);
  else show("step");
  keep();
}

/** Show the step, and read it aloud where that is wished for. */
function goThrough(isFocused) {
  showStep(session, isFocused);
  find("aloud-buttons").hidden = !settings.aloud || find("aloud-row").hidden;
  if (settings.aloud) actions.read();
}

function look() {
  if (screen !== "step") return;
  const happened = session.tick(!document.hidden);
  if (happened === "up" && settings.bell) ringBell(session.isBeforeOtherLeg ? 2 : 1);
  if (happened === "next") actions.next();
  else showClock(session);
  window.kneeMovement?.followSession(session, find("picture"), settings.tick && tickIn);
}

// Settings and keys

function change(name, isOn) {
  settings[name] = isOn;
  if (name === "awake") isOn ? stayAwake() : letSleep();
  if (name === "bell" && isOn) ringBell(); // so that the reader hears how loud it is
  if (name === "movement") movement.click();
  if (name === "tick" && isOn) window.bringMovement();
  session.moveOn = settings.moveOn;
}

function stayAwake() {
  keepAwake(session.length + FORGOTTEN);
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
    if (!dialog.querySelector("[data-do=pause]").hidden) actions.pause();
  }
}
