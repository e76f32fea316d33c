import { Kept } from "./kept.js";

const choice = new Kept(localStorage, "voice", true);

/** The examiner's voice: the browser's speech synthesis, in British English where it has it. */
export class Voice {
  constructor() {
    this.synthesis = window.speechSynthesis ?? null;
    this.on = this.synthesis !== null && choice.read();
  }

  /** Whether this browser can speak at all. */
  get exists() {
    return this.synthesis !== null;
  }

  /** Say it instead of whatever is being said. */
  say(text) {
    this.stop();
    if (!this.on || !text) return;
    const speech = new SpeechSynthesisUtterance(spoken(text));
    speech.lang = "en-GB";
    speech.rate = 0.95;
    speech.voice = this.#british();
    this.synthesis.speak(speech);
  }

  /** Be quiet. */
  stop() {
    this.synthesis?.cancel();
  }

  /** Switch on or off, and remember it. */
  toggle() {
    this.on = this.exists && !this.on;
    choice.write(this.on);
    if (!this.on) this.stop();
  }

  #british() {
    const voices = this.synthesis.getVoices();
    return voices.find((voice) => voice.lang === "en-GB") ?? null;
  }
}

/** A text as it is said: "[Why/Why not?]" is one short question. */
function spoken(text) {
  return text.replace(/\[([^\]/]+)[^\]]*\]/g, (_, probe) => `${probe.replace(/\?$/, "")}?`);
}
