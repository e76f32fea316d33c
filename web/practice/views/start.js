import { h } from "../dom.js";
import { entryOf, forgetPast, past } from "../past.js";

const CHOICES = [
  ["test", "A whole test", "All three parts, as in the exam", "11–14 min"],
  ["1", "Part 1", "Interview: questions about you", "4–5 min"],
  ["2", "Part 2", "Long turn: a cue card and your talk", "3–4 min"],
  ["3", "Part 3", "Discussion: wider questions", "4–5 min"],
];
const DIFFICULTIES = [
  ["standard", "Like the exam"],
  ["easier", "Easier"],
  ["harder", "Harder"],
];
const SHOWN = 8;

/** Where a candidate chooses what to sit. `onBegin` gets {kind, topic, difficulty}. */
export function startView({ asked, service, onBegin }) {
  const topics = h("datalist", { id: "topics" });
  const form = h("form", {
    class: "choose",
    submit: (event) => {
      event.preventDefault();
      const chosen = new FormData(form);
      onBegin({
        kind: chosen.get("kind"),
        topic: chosen.get("topic").trim(),
        difficulty: chosen.get("difficulty"),
      });
    },
  },
  h("fieldset", { class: "kinds" },
    h("legend", {}, "What would you like to sit?"),
    CHOICES.map((choice) => kindChoice(choice, asked.kind))),
  h("div", { class: "fields" },
    h("label", {}, "Topic",
      h("input", {
        name: "topic", list: "topics", maxlength: 100, value: asked.topic, autocomplete: "off",
        placeholder: "Any topic: leave it to the examiner",
      })),
    h("label", {}, "Practice difficulty",
      h("select", { name: "difficulty" }, DIFFICULTIES.map(([value, text]) =>
        h("option", { value, selected: value === asked.difficulty }, text))))),
  topics,
  h("button", { class: "main", type: "submit" }, "Begin"));
  form.addEventListener("change", () => suggest(topics, service, form));
  form.addEventListener("focusin", () => suggest(topics, service, form), { once: true });
  return [
    h("section", { class: "hero" },
      h("h1", {}, "Sit down, breathe, speak."),
      h("p", {}, "An examiner’s questions, the exam’s own timings, and nobody listening but you.")),
    form,
    pastView(service),
  ];
}

function kindChoice([value, name, what, minutes], chosen) {
  return h("label", { class: "kind" },
    h("input", { type: "radio", name: "kind", value, checked: value === chosen }),
    h("span", { class: "kind-name" }, name),
    h("span", { class: "kind-what" }, what),
    h("span", { class: "kind-minutes" }, minutes));
}

/** Fill the topic suggestions; without them a topic is typed all the same. */
async function suggest(list, service, form) {
  const kind = new FormData(form).get("kind");
  const part = kind === "test" ? 2 : Number(kind);
  if (list.dataset.part === String(part)) return;
  list.dataset.part = String(part);
  try {
    service.catalogue ??= service.topics();
    const { data } = await service.catalogue;
    const { categories } = data.parts.find((candidate) => candidate.part === part);
    const names = categories.flatMap((category) => category.topics).sort();
    list.replaceChildren(...names.map((value) => h("option", { value })));
  } catch {
    service.catalogue = undefined;
    delete list.dataset.part;
  }
}

/** What this browser kept, and where the service remembers the candidate, what it did. */
function pastView(service) {
  const list = h("ol");
  const forget = h("button", { type: "button", class: "quiet" }, "Forget this list");
  const section = h("section", { class: "past" }, h("h2", {}, "What you had"), list, forget);
  const fill = (entries) => {
    section.hidden = entries.length === 0;
    list.replaceChildren(...entries.slice(0, SHOWN).map(pastEntry));
  };
  fill(past());
  const remembered = service.history().then((items) => {
    fill(items.map(entryOf));
    return true;
  }, () => false); // a service without a memory: the browser's own list stays
  forget.addEventListener("click", async () => {
    forgetPast();
    if (await remembered) await service.forget().catch(() => {});
    fill([]);
    document.querySelector("h1").focus();
  });
  return section;
}

function pastEntry({ at, kind, topic, texts }) {
  const day = new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
  return h("li", {},
    h("details", {},
      h("summary", {},
        h("span", { class: "tag" }, kind === "test" ? "Test" : `Part ${kind}`),
        h("span", { class: "past-topic" }, topic),
        h("time", { datetime: at }, day)),
      h("ul", {}, texts.map((text) => h("li", {}, text)))));
}
