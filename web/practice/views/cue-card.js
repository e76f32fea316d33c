import { h } from "../dom.js";

/** The card as it lies on the table. */
export function cueCard({ describe, bullets, closing }) {
  return h("div", { class: "card", role: "group", "aria-label": "Cue card" },
    h("p", { class: "card-describe" }, describe),
    h("p", {}, "You should say:"),
    h("ul", {}, bullets.map((bullet) => h("li", {}, bullet))),
    h("p", {}, closing));
}
