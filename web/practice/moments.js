/**
 * A sitting as the candidate goes through it, one moment after the other.
 *
 * A moment: {part, kind, says, question?, card?, topic?, countdown?}: what the examiner says, what
 * there is to see, and for the preparation and the talk of Part 2 its seconds. No question of
 * Parts 1 and 3 has a limit of its own: the exam has none.
 */

const PREPARE = "Your minute of preparation starts now. You may make notes.";
const TALK = "Please begin when you are ready. I will tell you when the time is over.";
const THANKS = "Thank you.";

/** Minutes that each part takes in the exam. */
export const PART_MINUTES = { 1: "4–5", 2: "3–4", 3: "4–5" };

/** Names of the parts. */
export const PART_NAMES = { 1: "Interview", 2: "Long turn", 3: "Discussion" };

/** The moments of a whole test: the service says every step. */
export function momentsOfTest(test) {
  return test.steps.flatMap((step) => {
    const { part, kind, says, topic, cue_card: card, questions, seconds } = step;
    if (questions) return asked(part, kind, says, questions, topic);
    const timed = kind === "preparation" || kind === "talk";
    return [{ part, kind, says, topic, card, ...(timed && { countdown: seconds.most }) }];
  });
}

/** The moments of one item of any part. */
export function momentsOfQuestion(item) {
  const lines = item.question.split("\n");
  if (item.part === 1) return asked(1, "frame", lines[0], item.questions, item.topic);
  if (item.part === 3) {
    return item.themes.flatMap((theme) => {
      const opening = lines[lines.indexOf(theme.questions[0]) - 1];
      return asked(3, "theme", opening, theme.questions, theme.theme);
    });
  }
  const card = item.cue_card;
  return [
    { part: 2, kind: "card", says: lines[0], topic: item.topic, card },
    { part: 2, kind: "preparation", says: PREPARE, card, countdown: 60 },
    { part: 2, kind: "talk", says: TALK, card, countdown: 120 },
    ...asked(2, "rounding_off", THANKS, item.rounding_off, item.topic),
  ];
}

function asked(part, kind, says, questions, topic) {
  return questions.map((question, index) => ({
    part,
    kind,
    topic,
    question,
    says: index === 0 ? says : "",
  }));
}
