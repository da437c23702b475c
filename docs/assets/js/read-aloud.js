// Reads a step aloud, only with a voice that is on the device: with the others, the words would leave it.

/** Milliseconds: a browser drops words that come straight after others were called off. */
const AFTER_CALLING_OFF = 300;

export class ReadAloud {
  calledOff = 0;
  speech = window.speechSynthesis;

  /** `show` is called with true or false: whether there is a voice on the device for the page's language. */
  constructor(show) {
    const look = () => {
      this.voice = this.#find();
      show(Boolean(this.voice));
    };
    this.speech?.addEventListener?.("voiceschanged", look); // the list often comes late
    look();
  }

  #find() {
    const wanted = document.documentElement.lang.toLowerCase();
    const language = (voice) => voice.lang.toLowerCase().replace("_", "-");
    const local = (this.speech?.getVoices() ?? []).filter((voice) => voice.localService === true);
    const found = (same) => local.find((voice) => same(language(voice)) === same(wanted));
    return found((tag) => tag) ?? found((tag) => tag.split("-")[0]);
  }

  /** Read sentences, each by itself: long ones stall. */
  read(words) {
    this.stop();
    if (!this.voice) return;
    const speak = () => {
      for (const sentence of words.match(/[^.!?。؟।]+[.!?。؟।]*/g) ?? []) {
        const utterance = new SpeechSynthesisUtterance(sentence.trim());
        utterance.voice = this.voice;
        utterance.lang = this.voice.lang;
        utterance.rate = 0.9;
        if (utterance.text) this.speech.speak(utterance);
      }
    };
    const wait = this.calledOff + AFTER_CALLING_OFF - Date.now();
    if (wait > 0) this.later = setTimeout(speak, wait);
    else speak(); // within the tap: some phones ask for that
  }

  stop() {
    clearTimeout(this.later);
    if (!this.speech?.speaking && !this.speech?.pending) return;
    this.speech.cancel();
    this.calledOff = Date.now();
  }
}
