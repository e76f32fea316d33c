import { h } from "../dom.js";

const SAYS = {
  bank: ["Offline", "These questions come from the built-in bank; no model wrote them."],
  mixed: ["Partly offline", "Some of these questions come from the built-in bank."],
};

/** A mark on what did not come from the model, and on a topic that was not to be had. */
export function bank({ source, topicMatched, asked, topic }) {
  const [name, why] = SAYS[source] ?? [];
  const other = topicMatched ? "" : ` There was nothing on “${asked.topic}”, so this is about ${topic}.`;
  if (!name && !other) return null;
  return h("p", { class: "source" }, name && h("strong", { class: "tag" }, name), ` ${why ?? ""}${other}`);
}
