import { Clock, clockFace } from "../clock.js";
import { announce, h } from "../dom.js";
import { explain } from "../problems.js";

const BUTTONS = {
  retry: "Try again",
  change: "Choose something else",
  "sign-in": "Sign in",
  reload: "Reload the page",
};

/** A problem as a sentence with what to do, and the button that does it. */
export function troubleView(problem, { actions, onTopic, onHome }) {
  const { title, advice, action, saysMore } = explain(problem.code);
  const button = h("button", { type: "button", class: "main", click: actions[action] },
    BUTTONS[action]);
  return [
    h("section", { class: "panel trouble", "data-code": problem.code },
      h("h1", {}, title),
      h("p", {}, advice),
      saysMore && problem.message && h("p", { class: "hint" }, problem.message),
      details(problem),
      suggestions(problem, onTopic),
      action === "retry" && problem.retryAfter && countdown(problem.retryAfter, button),
      h("div", { class: "row" },
        button,
        onHome && action !== "change" &&
          h("button", { type: "button", click: onHome }, "Back to the start")),
      problem.requestId && h("p", { class: "reference" },
        "Reference: ", h("code", {}, problem.requestId))),
  ];
}

/** Hold the button back until the service has room again. */
function countdown(seconds, button) {
  const face = h("span", { class: "countdown-face", role: "timer" });
  button.disabled = true;
  const clock = new Clock((passed) => {
    const left = Math.max(0, seconds - passed);
    const gone = passed > 0 && !face.isConnected;
    face.textContent = left >= 3600 ? hours(left) : clockFace(left);
    if (left > 0 && !gone) return;
    clock.pause();
    if (gone) return;
    button.disabled = false;
    announce("You can try again now.");
  });
  clock.start();
  return h("p", { class: "countdown" }, "You can go on in ", face);
}

function hours(seconds) {
  return `${Math.floor(seconds / 3600)} h ${Math.ceil((seconds % 3600) / 60)} min`;
}

function details({ code, details }) {
  if (code !== "invalid_request" || details.length === 0) return null;
  return h("ul", {}, details.map(({ field, message }) =>
    h("li", {}, h("code", {}, field), " ", message)));
}

/** Topics that the service proposes instead, to be had with one click. */
function suggestions({ details }, onTopic) {
  const text = details.map((detail) => detail.message).join(" ");
  const topics = /Try one of these: ([^.]+)\./.exec(text)?.[1].split("; ") ?? [];
  if (topics.length === 0) return null;
  return h("div", { class: "chips" }, topics.map((topic) =>
    h("button", { type: "button", class: "chip", click: () => onTopic(topic) }, topic)));
}
