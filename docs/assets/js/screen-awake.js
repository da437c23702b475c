// Keeps the screen on. The switch shows what is so, not what was asked for.

export class ScreenAwake {
  /** `show` is called with "on", "off" or "none": none means that this device does not let us. */
  constructor(show) {
    this.show = show;
    this.wanted = false;
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && this.wanted) this.#ask();
    });
  }

  /** Call it from a tap. It ends after some milliseconds, in case the phone was forgotten. */
  on(milliseconds) {
    this.wanted = true;
    clearTimeout(this.end);
    this.end = setTimeout(() => this.off(), milliseconds);
    return this.#ask();
  }

  off() {
    this.wanted = false;
    clearTimeout(this.end);
    this.lock?.release().catch(() => {});
    this.lock = undefined;
    this.show("off");
  }

  async #ask() {
    if (this.lock || this.asking) return;
    this.asking = true;
    try {
      if (document.hidden) return;
      const lock = await navigator.wakeLock.request("screen");
      if (!this.wanted) {
        await lock.release();
        return;
      }
      this.lock = lock;
      lock.addEventListener("release", () => this.#released(lock));
      this.show("on");
    } catch {
      if (document.hidden) return; // hidden while we asked: we ask again on return
      this.wanted = false;
      this.show("none");
    } finally {
      this.asking = false;
    }
  }

  /** The device took it back; where the page is hidden, we ask again on return. */
  #released(lock) {
    if (this.lock !== lock) return;
    this.lock = undefined;
    if (!document.hidden) this.off();
  }
}
