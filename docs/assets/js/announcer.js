// Tells readers who listen what has changed. A screen reader speaks what is written into the page's one live region (overrides/main.html):
// an element that nobody sees, without a role, written to in one go. What is seen carries no role and says nothing by itself: screen
// readers drop changes of a status that come close together.

/** Milliseconds that a screen reader needs to take up a new focus before it is told more, also on a slow device. */
export const AFTER_FOCUS = 600;

/** A session moves it into its dialog. */
export const region = document.querySelector("[aria-live]");
let waiting = 0;

/** Have words spoken, at once or after some milliseconds; words that still wait give way to newer ones. */
export function announce(words, delay = 0) {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    waiting = 0;
    region.textContent = words;
  }, delay);
}

/** Whether there are words that have still to be spoken. */
export const isWaiting = () => Boolean(waiting);

/** Show words and have them spoken; nothing where they are shown already. */
export function tell(element, words) {
  if (element.textContent === words) return;
  element.textContent = words;
  announce(words);
}
