// A soft bell. The sound is made here: no file is fetched. Browsers let it sound only after a tap.

/** Hertz, loudness from 0 to 1, and seconds of each tone of one stroke. */
const TONES = [
  [523, 0.3, 2.2],
  [1046, 0.12, 1.4],
  [1569, 0.05, 0.7],
];
const TICK = [[880, 0.08, 0.12]];
let audio;

/** Get ready to sound; call it from a tap. */
export function wakeBell() {
  const Context = window.AudioContext ?? window.webkitAudioContext;
  try {
    audio ??= Context && new Context();
    audio?.resume?.().catch(() => {});
  } catch {
    audio = undefined; // no sound on this device: the words on the screen change all the same
  }
}

export function ringBell(times = 1) {
  wakeBell();
  for (let time = 0; audio && time < times; time += 1) strike(audio.currentTime + 0.02 + time * 0.7);
}

/** Tick softly, so many milliseconds from now. */
export function tickIn(milliseconds) {
  if (audio) strike(audio.currentTime + Math.max(0, milliseconds) / 1000, TICK);
}

function strike(begin, tones = TONES) {
  for (const [pitch, loudness, length] of tones) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, begin);
    volume.gain.exponentialRampToValueAtTime(loudness, begin + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0001, begin + length);
    tone.connect(volume).connect(audio.destination);
    tone.start(begin);
    tone.stop(begin + length);
  }
}
