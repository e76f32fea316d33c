"""Rules against what a model says about its work instead of doing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.ielts.rulebook.registry import (
    ANYTHING,
    EVERYWHERE,
    Severity,
    Slot,
    text_rule,
    wording_rule,
)

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading

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
wording_rule(
    "order-for-topic",
    Severity.REJECT,
    {Slot.TOPIC},
    "An order to whoever writes the questions, in the place of a subject.",
    reason="{found!r} is an order. Name a subject in a few words.",
)


@text_rule("sentences-for-topic", Severity.REJECT, {Slot.TOPIC}, unless="has_one_sentence")
def sentences_for_topic(text: Reading) -> str | None:
    """Several sentences in the place of a subject."""
    if text.has_one_sentence:
        return None
    return "These are several sentences. Name a subject in a few words."
