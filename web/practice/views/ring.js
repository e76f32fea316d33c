import { Clock, clockFace } from "../clock.js";
import { announce, h, svg } from "../dom.js";

const TOLD = [30, 10];

/** A countdown: a ring that empties, the time left, and a word when it runs low. */
export class Ring {
  /** @param enough seconds after which somebody has talked for long enough, or null. */
  constructor({ seconds, label, enough, onEnd }) {
    Object.assign(this, { seconds, enough, onEnd });
    this.arc = svg("circle", { class: "ring-arc", cx: 50, cy: 50, r: 45, pathLength: 1 });
    this.face = h("span", { class: "ring-face", role: "timer" }, clockFace(seconds));
    this.hint = h("p", { class: "hint" }, enough ? "Talk for one to two minutes." : "");
    this.element = h("div", { class: "timer" },
      h("div", { class: "ring" },
        svg("svg", { viewBox: "0 0 100 100", "aria-hidden": "true" },
          svg("circle", { class: "ring-track", cx: 50, cy: 50, r: 45 }), this.arc),
        h("p", {}, this.face, h("span", { class: "ring-label" }, label))),
      this.hint);
    this.pauseButton = h("button", { type: "button", click: () => this.#toggle() }, "Pause");
    this.clock = new Clock((passed) => this.#tick(passed));
    this.told = new Set();
  }

  start() {
    this.clock.start();
  }

  stop() {
    this.clock.pause();
  }

  #toggle() {
    if (this.clock.running) this.clock.pause();
    else this.clock.start();
    this.pauseButton.textContent = this.clock.running ? "Pause" : "Go on";
  }

  #tick(passed) {
    const left = Math.max(0, this.seconds - passed);
    this.face.textContent = clockFace(left);
    this.arc.setAttribute("stroke-dashoffset", String(passed / this.seconds));
    this.element.classList.toggle("low", left <= 10);
    for (const moment of TOLD) {
      if (left <= moment && !this.told.has(moment)) this.#tell(moment);
    }
    if (this.enough && passed >= this.enough) {
      this.hint.textContent = "You have talked for a minute. Go on if you have more to say.";
    }
    if (left === 0) {
      this.clock.pause();
      this.onEnd();
    }
  }

  #tell(seconds) {
    this.told.add(seconds);
    if (this.seconds > seconds) announce(`${seconds} seconds left.`);
  }
}
