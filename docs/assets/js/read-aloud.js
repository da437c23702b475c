// Reads a step aloud, only with a voice that is on the device: with the others, the words would leave it.

/** Milliseconds: a browser drops words that come straight after others were called off. */
const AFTER_CALLING_OFF = 300;
const speech = window.speechSynthesis;
let voice, later;
let calledOff = 0;

/** Call `show` with true or false, now and later: whether there is a voice on the device for the page's language. */
export function watchVoices(show) {
  const look = () => {
    voice = findVoice();
    show(Boolean(voice));
  };
  speech?.addEventListener?.("voiceschanged", look); // the list often comes late
  look();
}

function findVoice() {
  const wanted = document.documentElement.lang.toLowerCase();
  const language = (one) => one.lang.toLowerCase().replace("_", "-");
  const local = (speech?.getVoices() ?? []).filter((one) => one.localService === true);
  const found = (same) => local.find((one) => same(language(one)) === same(wanted));
  return found((tag) => tag) ?? found((tag) => tag.split("-")[0]);
}

/** Read sentences, each by itself: long ones stall. */
export function readAloud(words) {
  stopReading();
  if (!voice) return;
  const speak = () => {
    for (const sentence of words.match(/[^.!?。؟।]+[.!?。؟।]*/g) ?? []) {
      const utterance = new SpeechSynthesisUtterance(sentence.trim());
      Object.assign(utterance, { voice, lang: voice.lang, rate: 0.9 });
      if (utterance.text) speech.speak(utterance);
    }
  };
  const wait = calledOff + AFTER_CALLING_OFF - Date.now();
  if (wait > 0) later = setTimeout(speak, wait);
  else speak(); // within the tap: some phones ask for that
}

export function stopReading() {
  clearTimeout(later);
  if (!speech?.speaking && !speech?.pending) return;
  speech.cancel();
  calledOff = Date.now();
}
