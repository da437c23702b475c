// What a session shows and tells: its screens, its steps and its clock. The words are those of the page and of
// overrides/partials/knee/session.html. What happens next is decided elsewhere (follow-along.js).

import { AFTER_FOCUS, announce, isWaiting } from "./announcer.js";
import { safetyWords } from "./page-parts.js";
import { DIALOG } from "./session-dialog.js";
import { inDigits } from "./session-state.js";

const phrases = {};
let dialog, parts;

export const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, key) => values[key]);
export const phrase = (name, values) => filled(phrases[name].textContent, values);
export const find = (name) => dialog.querySelector(`[data-session="${name}"]`);
export const switchOf = (name) => dialog.querySelector(`[data-switch="${name}"]`);
const control = (name) => dialog.querySelector(`.session__controls [data-do="${name}"]`);

/** Words in one line, as they are spoken. */
const spoken = (...words) => words.join(" ").replace(/\s+/g, " ").trim();
const wordsOf = (name) => spoken(...[...find(name).childNodes].map((node) => node.textContent));

/** Put the session into the page, filled with what holds on all of its screens. Returns its dialog. */
export function addSession(ofPage) {
  parts = ofPage;
  document.body.insertAdjacentHTML("beforeend", DIALOG);
  dialog = document.querySelector("dialog.session");
  for (const words of find("phrases").content.children) phrases[words.dataset.phrase] = words;
  for (const place of dialog.querySelectorAll("[data-list]")) place.append(...safetyWords(document, place.dataset.list));
  const help = document.querySelector(".urgent-strip a").getAttribute("href");
  for (const link of dialog.querySelectorAll("[data-help]")) link.setAttribute("href", help);
  for (const one of dialog.querySelectorAll("[data-after]")) one.hidden = !parts.some((part) => part.kind === one.dataset.after);
  find("movement-rows").hidden = !document.querySelector(".show-movement:not([hidden])");
  find("legs").hidden = !parts.some((part) => part.eachLeg);
  dialog.setAttribute("aria-label", document.querySelector("h1").textContent.trim());
  return dialog;
}

export function showScreen(name, isUnderWay) {
  dialog.dataset.screen = name;
  for (const one of dialog.querySelectorAll("section")) one.hidden = one.dataset.screen !== name;
  for (const one of dialog.querySelectorAll("[data-when]")) one.hidden = (one.dataset.when === "under-way") !== isUnderWay;
  dialog.scrollTop = 0;
  dialog.querySelector(`section[data-screen="${name}"] h2`).focus({ preventScroll: true });
  tellScreen();
}

/** Tell what its reader must not miss: whoever listens would else hear no more than the heading. */
function tellScreen() {
  const told = dialog.querySelectorAll("section:not([hidden]) [data-told]");
  announce(spoken(...[...told].filter((one) => !one.closest("[hidden]")).map((one) => one.textContent)), AFTER_FOCUS);
}

/** Show a step, and tell it once and whole. A heading that has just been given focus is not relied on: screen readers may lose it. */
export function showStep(session, isFocused) {
  const { part, number, leg, step, index } = session.stop;
  const title = parts.length > 1 ? phrase("part", { part: number + 1, parts: parts.length, title: part.title }) : part.title;
  const where = onLeg(leg, title);
  const count = phrase("count", { step: index + 1, steps: part.steps.length });
  const isOther = leg === 2 && !index;
  find("where").textContent = where;
  find("other").hidden = !isOther;
  find("count").textContent = count;
  find("words").textContent = step.words;
  const notes = index || leg === 2 ? step.notes : [...step.notes, ...part.about];
  find("notes").replaceChildren(...notes.map((note) => note.cloneNode(true)));
  showPicture(step.picture ?? part.picture, leg === 2);
  find("progress").style.inlineSize = `${(100 * (session.place + 1)) / session.stops.length}%`;
  find("next").hidden = session.isLast;
  find("finish").hidden = !session.isLast;
  dialog.scrollTop = 0;
  drawClock(session);
  const place = index ? [`${onLeg(leg, count)}.`] : isOther ? [`${count}.`, wordsOf("other")] : [`${where}.`, `${count}.`];
  announce(spoken(...place, step.words, wordsOf("notes"), wordsOf("message")), isFocused ? AFTER_FOCUS : 0);
}

function onLeg(leg, title) {
  return leg ? phrase(leg === 1 ? "first-leg" : "other-leg", { title }) : title;
}

/** The other leg is the same picture the other way round: no picture has words in it. */
function showPicture(picture, isMirrored) {
  find("picture").classList.toggle("session__picture--other-leg", isMirrored);
  if (find("picture").firstElementChild?.src === picture?.src) return;
  find("picture").replaceChildren(...(picture ? [picture.cloneNode()] : []));
}

/** Show how the clock stands, and tell what it says in words when that is new. Digits are for the eye: nobody wants to hear seconds. */
export function showClock(session) {
  if (drawClock(session)) announce(wordsOf("message"));
}

/** Returns whether the clock has something new to say in words. */
function drawClock({ stop, isUp, isLast, isBeforeOtherLeg, paused, moveOn, left }) {
  const state = stop.waits ? "wait" : paused ? "paused" : isUp ? "up" : "run";
  const soon = isLast ? "up-end" : isBeforeOtherLeg ? "up-leg" : "up";
  const said = state !== "up" ? state : moveOn ? soon : isLast ? "up-wait-end" : "up-wait";
  const isIdle = state === "wait" || (state === "up" && !moveOn);
  find("clock").dataset.state = state;
  write("time", inDigits(left));
  write("left", phrase(stop.step.dose === "time" ? "left" : "about"));
  find("pause").hidden = paused;
  find("unpause").hidden = !paused;
  if (isIdle && document.activeElement === control("pause")) control("next").focus();
  control("pause").hidden = isIdle;
  const message = find("message");
  if (message.dataset.said === said) return false;
  message.dataset.said = said;
  message.replaceChildren(...(phrases[said]?.cloneNode(true).childNodes ?? []));
  return said in phrases;
}

/** Only when they differ: the clock is looked at four times a second. */
function write(name, words) {
  if (find(name).textContent !== words) find(name).textContent = words;
}

/** What the device's voice reads of a step. */
export function readable() {
  return spoken(wordsOf("words"), wordsOf("notes"));
}

/** `state` is that of screen-awake.js; `milliseconds` are those that the session takes. A device may answer late: then only what is new is told. */
export function showAwake(state, milliseconds) {
  switchOf("awake").checked = state === "on";
  find("awake-row").hidden = state === "none";
  const note = state === "none" ? phrase("set-screen", { minutes: Math.ceil(milliseconds / 60000) }) : "";
  if (find("awake-note").textContent === note) return;
  find("awake-note").textContent = note;
  if (note && dialog.dataset.screen === "ready") isWaiting() ? tellScreen() : announce(note);
}
