/**
 * What to tell somebody for each code: what happened, what to do, and which button does it.
 * `message` is the service's own sentence, shown where it says more than ours.
 */
const EXPLANATIONS = {
  unauthorized: {
    title: "You need to sign in again",
    advice: "Your token is missing or has run out. Sign in, and go on where you were.",
    action: "sign-in",
  },
  forbidden: {
    title: "Your account has no access yet",
    advice: "You are signed in, but without a role here. Ask whoever runs this service for the role “candidate”, then sign in again.",
    action: "sign-in",
  },
  unsuitable_topic: {
    title: "The Speaking test avoids that subject",
    advice: "The exam keeps away from it, so we do too. Choose another topic.",
    action: "change",
  },
  content_filtered: {
    title: "That topic was filtered out",
    advice: "The model’s content filter refused it. Choose another topic.",
    action: "change",
  },
  invalid_request: {
    title: "Something in your choice is not right",
    advice: "Change what is listed here and begin again.",
    action: "change",
  },
  rate_limited: {
    title: "A little too fast",
    advice: "You have asked for a lot in a short time. You can go on when the countdown ends.",
    action: "retry",
  },
  quota_exceeded: {
    title: "That is all for today",
    advice: "Your daily questions are used up. Practise again what you have had, or come back when they renew.",
    action: "retry",
    saysMore: true,
  },
  still_running: {
    title: "Your question is still being written",
    advice: "It takes a moment longer. Try again when the countdown ends.",
    action: "retry",
  },
  idempotency_key_reused: {
    title: "That request got mixed up with an earlier one",
    advice: "Begin again: it will be sent as a new one.",
    action: "retry",
  },
  unavailable: {
    title: "The service is catching its breath",
    advice: "It cannot answer at the moment. Try again when the countdown ends.",
    action: "retry",
    saysMore: true,
  },
  store_unavailable: {
    title: "What you had before cannot be reached",
    advice: "The service’s memory does not answer at the moment. Try again when the countdown ends.",
    action: "retry",
  },
  internal_error: {
    title: "Something went wrong on our side",
    advice: "Try again. If it stays, tell us the reference below.",
    action: "retry",
  },
  unreachable: {
    title: "The service cannot be reached",
    advice: "Check your internet connection, then try again.",
    action: "retry",
  },
  no_answer: {
    title: "The service did not answer in time",
    advice: "Try again in a moment.",
    action: "retry",
  },
  sign_in_failed: {
    title: "Signing in did not work",
    advice: "Try it again. If it stays, use an access token instead.",
    action: "sign-in",
  },
};

const OUT_OF_STEP = {
  title: "This page and the service do not understand each other",
  advice: "Reload the page to get its newest version. If it stays, tell us the reference below.",
  action: "reload",
  saysMore: true,
};

/** These would be mistakes of this page: a candidate can do one thing about them all. */
const OURS = [
  "invalid_json",
  "not_found",
  "method_not_allowed",
  "body_too_large",
  "unsupported_media_type",
  "not_understood",
];

/** {title, advice, action, saysMore?} for a problem's code. */
export function explain(code) {
  return EXPLANATIONS[code] ?? OUT_OF_STEP;
}

/** Every code that has been thought of. */
export const KNOWN_CODES = [...Object.keys(EXPLANATIONS), ...OURS];
