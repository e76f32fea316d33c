const TICK_MS = 200;

/** Counts the seconds since it was started, less the pauses; tells `onTick` as they pass. */
export class Clock {
  constructor(onTick) {
    this.onTick = onTick;
    this.before = 0;
    this.since = null;
    this.interval = null;
  }

  /** Seconds so far, a whole number. */
  get seconds() {
    const running = this.since === null ? 0 : Date.now() - this.since;
    return Math.floor((this.before + running) / 1000);
  }

  get running() {
    return this.since !== null;
  }

  start() {
    if (this.running) return;
    this.since = Date.now();
    this.interval = setInterval(() => this.#tick(), TICK_MS);
    this.#tick();
  }

  pause() {
    if (!this.running) return;
    this.before += Date.now() - this.since;
    this.since = null;
    clearInterval(this.interval);
  }

  #tick() {
    this.onTick(this.seconds);
  }
}

/** 75 as "1:15". */
export function clockFace(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
