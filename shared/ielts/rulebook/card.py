"""Rules on a cue card: "Describe ...", three noun clauses, "and explain ..."."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from shared.ielts.rulebook.grammar import AUX, WH
from shared.ielts.rulebook.reading import Reading
from shared.ielts.rulebook.registry import Finding, Severity, Slot, declare, text_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

REJECT, WARN = Severity.REJECT, Severity.WARN

_YOU_SHOULD_SAY = re.compile(
    r"[\s.:;,-]*\b(?:and )?(?:you should say|you should talk about|you should include|say|please say)\b[\s:.\u2026]*$",
    re.I,
)


def task_of(describe: str) -> str:
    """The describe line without "You should say:" at its end."""
    return _YOU_SHOULD_SAY.sub("", describe) if len(describe) > 20 else describe  # noqa: PLR2004


@text_rule("describe-line", REJECT, {Slot.DESCRIBE})
def describe_line(text: Reading) -> str | None:
    """A card that does not begin by "Describe ..."."""
    if re.match(
        r"\W*(?:please )?(?:describe|talk about|tell me about|tell us about|speak about|think of|i'd like you to describe)\b \w+",
        text.lower,
    ):
        return None
    return "Begin the card with 'Describe a ...' or 'Describe something ...'."


@text_rule("describe-wording", WARN, {Slot.DESCRIBE})
def describe_wording(text: Reading) -> str | None:
    """Another verb than "describe" at the head of a card."""
    if re.match(r"describe\b", text.lower):
        return None
    return "Begin the card with 'Describe'."


@text_rule("describe-question", REJECT, {Slot.DESCRIBE})
def describe_question(text: Reading) -> str | None:
    """A describe line that asks a question or gives more than one task."""
    if "?" in text.plain:
        return "A card describes, it does not ask: 'Describe a ...'."
    if re.search(
        r"\bdescribe\b.*\b(?:describe|and (?:discuss|compare|explain|evaluate))\b", text.lower
    ):
        return "Give the card one thing to describe."
    return None


_BULLET_START = re.compile(
    rf"\W*(?:(?:and|also|or)\s+)?(?:(?:at|by|for|from|in|of|on|to|with|about|until|since)\s+)?(?:{WH}|if|whether|whom)\b"
)
_BULLET_QUESTION = re.compile(
    rf"\W*(?:{WH}(?:\s+(?!you\b|it\b|this\b|that\b|these\b|they\b|he\b|she\b|there\b|the\b|your\b|people\b)[\w/-]+){{0,3}}\s+)?"
    r"(?:do|does|did|don't|didn't|have|has|had|can|could|will|would|should|are|were)\s+(?:you|it|they|he|she|we|there|people|this|that|your|the|these)\b"
)
_COPULA_QUESTION = re.compile(
    rf"\W*{WH}(?:'s|\s+(?:is|was|are|were))\s+(?:it|he|she|this|that|they|the|your|there|these)\b"
)
_STATEMENT = re.compile(r"\W*(?:you|i|he|she|they|we|it|this|there|my|people)\b")


@text_rule("bullet-question", REJECT, {Slot.BULLET})
def bullet_question(text: Reading) -> str | None:
    """A bullet put as a question."""
    if text.plain.endswith("?") or "?" in text.plain or _BULLET_QUESTION.match(text.lower):
        return "Write a noun clause, not a question: 'where it was', 'what you did there'."
    return None


@text_rule("bullet-inversion", WARN, {Slot.BULLET})
def bullet_inversion(text: Reading) -> str | None:
    """A bullet with the word order of a question."""
    if _COPULA_QUESTION.match(text.lower) and not bullet_question(text):
        return "Turn the words: 'what it is', not 'what is it'."
    return None


@text_rule("bullet-start", WARN, {Slot.BULLET})
def bullet_start(text: Reading) -> str | None:
    """A bullet that does not begin by what, who, where, when, why, how, if or whether."""
    if _BULLET_START.match(text.lower):
        return None
    return "Begin the bullet with what, who, where, when, why or how."


@text_rule("bullet-capital", WARN, {Slot.BULLET})
def bullet_capital(text: Reading) -> str | None:
    """A bullet that begins with a capital letter."""
    return "Begin the bullet with a small letter." if text.plain[:1].isupper() else None


@text_rule("bullet-end", WARN, {Slot.BULLET})
def bullet_end(text: Reading) -> str | None:
    """A bullet with punctuation at its end."""
    if text.plain[-1:] in ".,;:!":
        return "End the bullet without punctuation."
    return None


_CLOSING_START = re.compile(
    rf"\W*(?:and|also|then|finally|lastly)?\W*(?:also |then |please |finally )?(?:explain|say|describe|discuss|tell|talk about|give|mention|share|if|whether|(?:(?:in|for|to|with)\s)?{WH})\b"
)


@text_rule("closing-start", REJECT, {Slot.CLOSING})
def closing_start(text: Reading) -> str | None:
    """A closing line that does not go on from the bullets."""
    if _CLOSING_START.match(text.lower):
        return None
    return "Begin the closing line with 'and explain why', 'how', 'what' or 'whether'."


@text_rule("closing-wording", WARN, {Slot.CLOSING})
def closing_wording(text: Reading) -> str | None:
    """A closing line that does not begin by "and explain" or "and say"."""
    if re.match(r"\W*and (?:explain|say)\b", text.lower):
        return None
    return "Begin the closing line with 'and explain' or 'and say'."


@text_rule("closing-question", REJECT, {Slot.CLOSING})
def closing_question(text: Reading) -> str | None:
    """A closing line put as a question."""
    bare = re.sub(r"^\W*and\s+", "", text.lower)
    if "?" in text.plain or _BULLET_QUESTION.match(bare):
        return "Write 'and explain why ...', not a question."
    return None


CARD_BULLETS = declare("card-bullets", REJECT, "A card without its three bullets.")
FOUR_BULLETS = declare("four-bullets", WARN, "A card with four bullets; published ones have three.")
CARD_CLOSING = declare("card-closing", REJECT, "A card without its closing line.")
CARD_BULLET_FORM = declare("card-bullet-form", REJECT, "Bullets that are no noun clauses.")
CARD_REPEATS = declare("card-repeats", REJECT, "A card that asks for the same thing twice.")


def broken_structure(bullets: Sequence[str], closing: str) -> Iterator[Finding]:
    """What the card as a whole lacks."""
    count = sum(bool(bullet.strip()) for bullet in bullets)
    if count == 4 and len(bullets) == 4:  # noqa: PLR2004 - 7 % of recalled cards
        yield FOUR_BULLETS.finding("Give three bullets, not four.", "bullets")
    elif count != 3 or len(bullets) != 3:  # noqa: PLR2004
        yield CARD_BULLETS.finding(f"Give exactly three bullets, not {count}.", "bullets")
    if not closing.strip():
        yield CARD_CLOSING.finding("Add the closing line: 'and explain why ...'.", "closing")


def broken_bullets(readings: Sequence[Reading]) -> Iterator[Finding]:
    """Bullets that one by one might be a slip, and together are not the exam's."""
    loose = sum(not _BULLET_START.match(reading.lower) for reading in readings)
    statements = sum(bool(_STATEMENT.match(reading.lower)) for reading in readings)
    inverted = sum(bool(_COPULA_QUESTION.match(reading.lower)) for reading in readings)
    if loose >= 2 or statements:  # noqa: PLR2004
        yield CARD_BULLET_FORM.finding(
            "Write noun clauses as bullets: 'what it was', 'where you went'.", "bullets"
        )
    elif inverted >= 2:  # noqa: PLR2004
        yield CARD_BULLET_FORM.finding("Turn the words: 'what it is', not 'what is it'.", "bullets")


def repeated_lines(lines: Sequence[Reading]) -> Iterator[Finding]:
    """Two lines of a card that say the same."""
    bare = [
        re.sub(r"^(?:and )?(?:explain|say|describe)\s", "", reading.lower).strip(" .")
        for reading in lines
    ]
    for index, line in enumerate(bare):
        if line and any(fuzz.ratio(line, other) > 95 for other in bare[:index]):  # noqa: PLR2004
            yield CARD_REPEATS.finding(
                f"{line!r} stands there twice. Ask for something else.", "bullets"
            )
            return
