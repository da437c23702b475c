// Keeps the screen on. The switch shows what is so, not what was asked for.

let show, lock, end;
let isWanted = false;
let isAsking = false;

/** `shows` is called with "on", "off" or "none": none means that this device does not let us. */
export function watchScreen(shows) {
  show = shows;
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && isWanted) ask();
  });
}

/** Call it from a tap. It ends after some milliseconds, in case the phone was forgotten. */
export function keepAwake(milliseconds) {
  isWanted = true;
  clearTimeout(end);
  end = setTimeout(letSleep, milliseconds);
  ask();
}

export function letSleep() {
  isWanted = false;
  clearTimeout(end);
  lock?.release().catch(() => {});
  lock = undefined;
  show("off");
}

async function ask() {
  if (lock || isAsking) return;
  isAsking = true;
  try {
    if (document.hidden) return;
    const given = await navigator.wakeLock.request("screen");
    if (!isWanted) {
      await given.release();
      return;
    }
    lock = given;
    lock.addEventListener("release", () => takenBack(given));
    show("on");
  } catch {
    if (document.hidden) return; // hidden while we asked: we ask again on return
    isWanted = false;
    show("none");
  } finally {
    isAsking = false;
  }
}

/** The device took it back; where the page is hidden, we ask again on return. */
function takenBack(given) {
  if (lock !== given) return;
  lock = undefined;
  if (!document.hidden) letSleep();
}
