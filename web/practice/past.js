import { Kept } from "./kept.js";

const MOST = 40;
// What the service takes.
const MOST_AVOIDED = 50;
const LONGEST_AVOIDED = 3000;
const kept = new Kept(localStorage, "past", []);

/** What was practised in this browser, the newest first: {at, kind, topic, source, texts}. */
export function past() {
  return kept.read();
}

/** Keep a sitting's texts for the list, and so that they are not asked again. */
export function remember(sitting) {
  const texts = sitting.moments
    .map((moment) => moment.question ?? (moment.kind === "card" ? moment.card.describe : null))
    .filter(Boolean);
  const entry = {
    at: new Date().toISOString(),
    kind: sitting.asked.kind,
    topic: sitting.topic,
    source: sitting.source,
    texts,
  };
  kept.write([entry, ...past()].slice(0, MOST));
}

/** An item of the service's own history as an entry of this list. */
export function entryOf({ at, source, item }) {
  const texts = item.cue_card
    ? [item.cue_card.describe, ...item.rounding_off]
    : (item.questions ?? item.themes.flatMap((theme) => theme.questions));
  return { at, kind: String(item.part), topic: item.topic, source, texts };
}

/** Forget all of it. */
export function forgetPast() {
  kept.forget();
}

/** Topics and cards already had, for `avoid`: the newest, as many as the service takes. */
export function alreadyHad() {
  const had = past().flatMap((entry) => [entry.topic, ...entry.texts.slice(0, 1)]);
  let length = 0;
  return [...new Set(had)]
    .slice(0, MOST_AVOIDED)
    .filter((text) => (length += text.length) <= LONGEST_AVOIDED);
}
