import { announce, h, show } from "./dom.js";
import { momentsOfQuestion, momentsOfTest } from "./moments.js";
import { alreadyHad, remember } from "./past.js";
import { Problem, Service } from "./service.js";
import { Session } from "./session.js";
import { finishView } from "./views/finish.js";
import { signInView } from "./views/sign-in.js";
import { Sitting } from "./views/sitting.js";
import { startView } from "./views/start.js";
import { troubleView } from "./views/trouble.js";
import { Voice } from "./voice.js";

const voice = new Voice();
let session;
let service;
let lastAsked = { kind: "test", topic: "", difficulty: "standard" };

async function begin() {
  try {
    const settings = await (await fetch("settings.json")).json();
    session = new Session(settings);
    service = new Service(new URL(settings.api, document.baseURI), session);
    await session.begin();
  } catch {
    showTrouble(new Problem({ code: session ? "sign_in_failed" : "unreachable" }), begin);
    return;
  }
  home();
}

function home() {
  voice.stop();
  showTools();
  if (!session.known) return showSignIn();
  show(...startView({ asked: lastAsked, service, onBegin: ask }));
}

/** Ask for what somebody chose and sit it. Trying again sends the same request, key and all. */
async function ask(asked, request = requestFor(asked)) {
  lastAsked = asked;
  voice.stop();
  show(waitingView(asked));
  announce("The examiner is getting ready.");
  try {
    const { data, meta } = await service.generate(request);
    announce("");
    sit(asked, data, meta);
  } catch (problem) {
    announce("");
    const mixedUp = problem.code === "idempotency_key_reused";
    showTrouble(problem, () => ask(asked, mixedUp ? requestFor(asked) : request));
  }
}

function requestFor({ kind, topic, difficulty }) {
  const body = { avoid: alreadyHad().filter((had) => had !== topic) };
  if (topic) body.topic = topic;
  if (difficulty !== "standard") body.practice_difficulty = difficulty;
  const key = crypto.randomUUID();
  return kind === "test"
    ? { path: "generate-test", key, body }
    : { path: "generate-question", key, body: { ...body, part: Number(kind) } };
}

function sit(asked, data, meta) {
  const moments = asked.kind === "test" ? momentsOfTest(data) : momentsOfQuestion(data);
  const sitting = {
    asked,
    moments,
    topic: data.topic,
    source: meta.source,
    topicMatched: meta.topic_matched !== false,
    notes: "",
  };
  remember(sitting);
  showTools();
  new Sitting(sitting, voice, { onEnd: () => finish(sitting), onLeave: home }).show();
}

function finish(sitting) {
  voice.stop();
  show(...finishView(sitting, { onAgain: () => ask(sitting.asked), onHome: home }));
}

function showTrouble(problem, retry) {
  if (!(problem instanceof Problem)) throw problem; // a fault of this page: let it be seen
  const actions = {
    retry,
    change: home,
    "sign-in": session ? showSignIn : begin,
    reload: () => location.reload(),
  };
  const choose = (topic) => ask({ ...lastAsked, topic });
  show(...troubleView(problem, { actions, onTopic: choose, onHome: session ? home : null }));
}

function showSignIn() {
  show(...signInView(session, { onDone: home, onTrouble: showTrouble }));
}

function showTools() {
  const toggle = h("button", {
    type: "button",
    class: "quiet",
    click: () => {
      voice.toggle();
      toggle.textContent = voiceLabel();
    },
  }, voiceLabel());
  const leave = h("button", {
    type: "button",
    class: "quiet",
    click: async () => {
      await session.end();
      home();
    },
  }, "Sign out");
  const tools = [voice.exists && toggle, session.known && !session.isLocal && leave];
  document.getElementById("tools").replaceChildren(...tools.filter(Boolean));
}

function voiceLabel() {
  return voice.on ? "Voice on" : "Voice off";
}

function waitingView({ kind }) {
  const what = kind === "test" ? "your test" : `your Part ${kind}`;
  return h("section", { class: "waiting", "aria-busy": "true" },
    h("div", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
    h("h1", {}, `The examiner is preparing ${what}`),
    h("p", {}, "Take a breath. It is only a moment."));
}

begin();
