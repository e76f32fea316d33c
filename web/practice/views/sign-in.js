import { h } from "../dom.js";
import { Problem } from "../service.js";

/** Where a candidate signs in, or pastes an access token. */
export function signInView(session, { onDone, onTrouble }) {
  const field = h("textarea", {
    name: "token", rows: 3, required: true, spellcheck: "false", autocomplete: "off",
    "aria-describedby": "token-hint",
  });
  const form = h("form", {
    class: "token",
    submit: (event) => {
      event.preventDefault();
      session.use(field.value);
      onDone();
    },
  },
  h("label", {}, session.signIn ? "Or paste an access token" : "Access token", field),
  h("p", { class: "hint", id: "token-hint" },
    "It stays in this tab and goes nowhere but to the service. On your own machine, ",
    h("code", {}, "make -s token"), " prints one."),
  h("button", { type: "submit", class: session.signIn ? "" : "main" }, "Use this token"));
  return [
    h("section", { class: "hero" },
      h("h1", {}, "Who is practising?"),
      h("p", {}, "The service keeps its questions for the people it knows.")),
    h("section", { class: "panel" },
      session.signIn && h("button", {
        type: "button",
        class: "main",
        click: () => session.redirect().catch(
          () => onTrouble(new Problem({ code: "sign_in_failed" }), onDone)),
      }, "Sign in"),
      form),
  ];
}
