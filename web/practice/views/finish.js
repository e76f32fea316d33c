import { h } from "../dom.js";
import { PART_NAMES } from "../moments.js";
import { bank } from "./bank.js";
import { cueCard } from "./cue-card.js";

/** The whole sitting to look back on, to print, or to have another like it. */
export function finishView(sitting, { onAgain, onHome }) {
  const kind = sitting.asked.kind === "test" ? "the test" : `Part ${sitting.asked.kind}`;
  const parts = [...new Set(sitting.moments.map((moment) => moment.part))];
  return [
    h("section", { class: "hero" },
      h("h1", {}, `That was ${kind}.`),
      h("p", { class: "no-print" }, "Well done. Look back at what you were asked.")),
    h("section", { class: "look-back" },
      bank(sitting),
      parts.map((part) => partView(part, sitting.moments.filter((moment) => moment.part === part))),
      sitting.notes.trim() && h("section", {},
        h("h2", {}, "Your notes"), h("p", { class: "kept-notes" }, sitting.notes))),
    h("div", { class: "row no-print" },
      h("button", { type: "button", class: "main", click: onAgain }, "Another one like this"),
      h("button", { type: "button", click: () => window.print() }, "Print"),
      h("button", { type: "button", click: onHome }, "Back to the start")),
  ];
}

function partView(part, moments) {
  const card = moments.find((moment) => moment.card)?.card;
  const topics = new Map();
  for (const { topic, question } of moments) {
    if (question) topics.set(topic, [...(topics.get(topic) ?? []), question]);
  }
  return h("section", {},
    h("h2", {}, `Part ${part} · ${PART_NAMES[part]}`),
    card && cueCard(card),
    [...topics].map(([topic, questions]) => [
      h("h3", {}, card ? "Afterwards" : topic),
      h("ol", {}, questions.map((question) => h("li", {}, question))),
    ]));
}
