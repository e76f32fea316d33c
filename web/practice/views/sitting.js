import { Clock, clockFace } from "../clock.js";
import { announce, h, show } from "../dom.js";
import { PART_MINUTES, PART_NAMES } from "../moments.js";
import { bank } from "./bank.js";
import { cueCard } from "./cue-card.js";
import { Ring } from "./ring.js";

const NEXT = {
  preparation: "I am ready",
  talk: "I have finished",
  closing: "Look back",
};

/** One sitting from its first moment to its last. */
export class Sitting {
  constructor(sitting, voice, { onEnd, onLeave }) {
    Object.assign(this, { sitting, voice, onEnd, onLeave });
    this.position = 0;
    this.elapsed = new Clock((seconds) => this.#tellElapsed(seconds));
    this.notes = h("textarea", {
      rows: 6, spellcheck: "false", placeholder: "Keywords are enough.",
      input: () => { this.sitting.notes = this.notes.value; },
    });
    this.stage = h("div", { class: "stage" });
    this.where = h("p", { class: "where" });
    this.since = h("span", { class: "since", role: "timer" });
    this.bars = this.#makeBars();
  }

  show() {
    const several = this.bars.size > 1;
    show(h("section", { class: "sitting" },
      h("h1", { class: "unseen" }, several ? "Mock test" : `Part ${this.#moment.part}`),
      bank(this.sitting),
      h("ol", { class: "parts" }, [...this.bars.values()].map(({ item }) => item)),
      h("div", { class: "desk" },
        this.stage,
        h("aside", { class: "notes" },
          h("label", {}, "Your notes", this.notes),
          h("p", { class: "hint" }, "In the exam you get paper for Part 2."))),
      h("div", { class: "row end" },
        this.where,
        h("button", { type: "button", class: "quiet", click: () => this.#leave() }, "Stop here"))));
    this.#enter();
  }

  get #moment() {
    return this.sitting.moments[this.position];
  }

  #enter() {
    const moment = this.#moment;
    const before = this.sitting.moments[this.position - 1];
    if (before?.part !== moment.part) this.#beginPart();
    this.ring?.stop();
    this.ring = moment.countdown ? this.#ring(moment) : null;
    this.next = h("button", { type: "button", class: "main", click: () => this.#advance() },
      this.#nextLabel(moment));
    this.stage.replaceChildren(...[
      moment.says && h("p", { class: "says" }, moment.says),
      moment.card && cueCard(moment.card),
      moment.question && h("p", { class: "question" }, ...withProbe(moment.question)),
      this.ring?.element,
      h("div", { class: "row" }, this.next, this.#hearAgain(), this.ring?.pauseButton),
    ].filter(Boolean));
    this.stage.dataset.kind = moment.kind;
    this.#showProgress();
    this.next.focus({ preventScroll: true });
    announce([moment.says, moment.question].filter(Boolean).join(" "));
    this.#speak();
    this.ring?.start();
  }

  #advance() {
    this.position += 1;
    if (this.#moment) return this.#enter();
    this.#stop();
    this.onEnd();
  }

  #leave() {
    this.#stop();
    this.onLeave();
  }

  #stop() {
    this.ring?.stop();
    this.elapsed.pause();
    this.voice.stop();
  }

  #speak() {
    const { says, question } = this.#moment;
    this.voice.say([says, question].filter(Boolean).join(" "));
  }

  #hearAgain() {
    return this.voice.exists &&
      h("button", { type: "button", click: () => this.#speak() }, "Hear it again");
  }

  #nextLabel({ kind }) {
    if (NEXT[kind]) return NEXT[kind];
    if (kind === "card") return "Start preparing";
    if (kind === "introduction") return "Continue";
    return this.position === this.sitting.moments.length - 1 ? "Look back" : "Next";
  }

  #ring(moment) {
    const talking = moment.kind === "talk";
    return new Ring({
      seconds: moment.countdown,
      label: talking ? "to talk" : "to prepare",
      enough: talking ? 60 : null,
      onEnd: () => this.#advance(),
    });
  }

  #beginPart() {
    this.elapsed.pause();
    this.elapsed = new Clock((seconds) => this.#tellElapsed(seconds));
    this.elapsed.start();
  }

  #tellElapsed(seconds) {
    const { part } = this.#moment ?? { part: 0 };
    this.since.textContent = `${clockFace(seconds)} of about ${PART_MINUTES[part]} minutes`;
  }

  #makeBars() {
    const bars = new Map();
    for (const { part } of this.sitting.moments) {
      const { all = 0 } = bars.get(part) ?? {};
      bars.set(part, { all: all + 1 });
    }
    for (const [part, bar] of bars) {
      const name = `Part ${part} · ${PART_NAMES[part]}`;
      bar.progress = h("progress", { max: bar.all, value: 0, "aria-label": name });
      bar.item = h("li", {},
        h("span", {}, `Part ${part}`, h("span", { class: "part-name" }, ` · ${PART_NAMES[part]}`)),
        bar.progress);
    }
    return bars;
  }

  #showProgress() {
    const { part } = this.#moment;
    for (const [number, { item, progress, all }] of this.bars) {
      const done = this.sitting.moments.filter(
        (moment, index) => moment.part === number && index <= this.position);
      progress.value = number < part ? all : done.length;
      if (number === part) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    }
    this.where.replaceChildren(this.#count(), this.since);
  }

  #count() {
    const alike = this.sitting.moments.filter(
      ({ part, question }) => part === this.#moment.part && question);
    const number = alike.indexOf(this.#moment) + 1;
    return number ? h("span", {}, `Question ${number} of ${alike.length}`) : "";
  }
}

function withProbe(question) {
  const [text, probe] = question.split(/\s(?=\[)/);
  return probe ? [text, " ", h("span", { class: "probe" }, probe.replace(/[[\]]/g, ""))] : [text];
}
