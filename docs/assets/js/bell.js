// A soft bell. The sound is made here: no file is fetched. Browsers let it sound only after a tap.

export class Bell {
  /** Get ready to sound; call it from a tap. */
  wake() {
    const Context = window.AudioContext ?? window.webkitAudioContext;
    try {
      this.context ??= Context && new Context();
      this.context?.resume?.().catch(() => {});
    } catch {
      this.context = undefined; // no sound on this device: the words on the screen change all the same
    }
  }

  ring(times = 1) {
    this.wake();
    for (let time = 0; time < times; time += 1) this.#strike(time * 0.7);
  }

  #strike(after) {
    if (!this.context) return;
    const begin = this.context.currentTime + 0.02 + after;
    for (const [pitch, loudness, length] of [[523, 0.3, 2.2], [1046, 0.12, 1.4], [1569, 0.05, 0.7]]) {
      const tone = this.context.createOscillator();
      const volume = this.context.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, begin);
      volume.gain.exponentialRampToValueAtTime(loudness, begin + 0.015);
      volume.gain.exponentialRampToValueAtTime(0.0001, begin + length);
      tone.connect(volume).connect(this.context.destination);
      tone.start(begin);
      tone.stop(begin + length);
    }
  }
}
