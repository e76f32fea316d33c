"""Rules against what a model says about its work instead of doing it."""

from __future__ import annotations

from shared.ielts.rulebook.registry import ANYTHING, EVERYWHERE, Severity, wording_rule

wording_rule(
    "leaked-instructions",
    Severity.REJECT,
    ANYTHING,
    "Instructions to a model, or its talk about itself.",
    reason="{found!r} is about how the text was made. Give the question itself and nothing else.",
)
wording_rule(
    "order",
    Severity.REJECT,
    EVERYWHERE,
    "An order to do something other than talk.",
    reason="{found!r} orders where an examiner asks. Put it as a question.",
)
wording_rule(
    "exam-talk",
    Severity.REJECT,
    EVERYWHERE,
    "The exam, its parts, its marks or its people, instead of a subject.",
    reason="{found!r} is about the exam. Ask about the subject only.",
)
