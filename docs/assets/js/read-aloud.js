// Reads a step aloud, only with a voice that is on the device: with the others, the words would leave it.

/** A browser drops words that are spoken straight after older ones were called off. */
const AFTER_CALLING_OFF = 300;

export class ReadAloud {
  /** `show` is called with true or false: whether there is a voice on the device for the page's language. */
  constructor(show, speech = window.speechSynthesis) {
    this.speech = speech;
    this.calledOff = 0;
    const look = () => {
      this.voice = this.#find();
      show(Boolean(this.voice));
    };
    speech?.addEventListener?.("voiceschanged", look); // the list often comes late
    look();
  }

  #find() {
    const wanted = document.documentElement.lang.toLowerCase();
    const language = (voice) => voice.lang.toLowerCase().replace("_", "-");
    const local = (this.speech?.getVoices() ?? []).filter((voice) => voice.localService === true);
    return local.find((voice) => language(voice) === wanted) ?? local.find((voice) => language(voice).split("-")[0] === wanted.split("-")[0]);
  }

  /** Read sentences, each by itself: long ones stall. */
  read(words) {
    this.stop();
    if (!this.voice) return;
    const wait = AFTER_CALLING_OFF - (Date.now() - this.calledOff);
    const speak = () => {
      for (const sentence of words.match(/[^.!?。؟]+[.!?。؟]*/g) ?? []) {
        if (!sentence.trim()) continue;
        const utterance = new SpeechSynthesisUtterance(sentence.trim());
        utterance.voice = this.voice;
        utterance.lang = this.voice.lang;
        utterance.rate = 0.9;
        this.speech.speak(utterance);
      }
    };
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
