"""Rules on register: Part 1 asks about the candidate, Part 3 about people in general."""

# ruff: noqa: PLR2004
# The figures in these rules are the rules: each was set on real questions, as the comments say.

from __future__ import annotations

from functools import lru_cache

from shared.ielts.rulebook.lexicon import lines_of
from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.reading import Reading
from shared.ielts.rulebook.registry import (
    PERSONAL,
    Severity,
    Slot,
    text_rule,
    wording_rule,
)
from shared.ielts.rulebook.wordings import Wordings

REJECT, WARN = Severity.REJECT, Severity.WARN

wording_rule(
    "societal-part-1",
    REJECT,
    PERSONAL,
    "A public issue where the exam asks about the candidate.",
    reason="{found!r} makes this a public issue. Part 1 asks about the candidate's own life.",
)
_YOU = pattern(r"\b(?:you|your|you're|you've|you'd|yourself)\b")
_PEOPLE = Wordings(lines_of("wordings/people"))
_GENERAL = pattern(
    r"\b(?:why (?:do|are|have|is|should)|should|how (?:has|have|can|could|might|will|do)"
    r"|what (?:effects?|problems?|can be|could be|are the|is the)|in the future|nowadays)\b"
)


@text_rule("general-part-1", WARN, {Slot.INTERVIEW})
def general_part_1(text: Reading) -> str | None:
    """A Part 1 question without "you": 98 % of published ones have it."""
    if _YOU.search(text.lower):
        return None
    return "Ask about the candidate: use 'you' or 'your'."


# "Why do some people prefer to shop alone?", which a few published frames end with
_OTHERS_TASTE = pattern(r"why do some people (?:not )?(?:dislike|enjoy|hate|like|love|prefer)\b")


IMPERSONAL = "impersonal-part-1"


@text_rule(IMPERSONAL, WARN, PERSONAL)
def impersonal_part_1(text: Reading) -> str | None:
    """A question about people in general, with which some Part 1 frames end."""
    if _YOU.search(text.lower) or len(text.words) < 9 or _OTHERS_TASTE.match(text.lower):
        return None
    if _PEOPLE.find(text) and _GENERAL.search(text.lower):
        return "This is about people in general: keep it for Part 3, or ask about the candidate."
    return None


# "do you think", "in your country": in these a general question names the candidate
_SET_ASIDE = pattern(rf"\b(?:{'|'.join(lines_of('wordings/set-aside'))})\b")
_OWN_DOING = Wordings(lines_of("wordings/own-doing"))
_OWN_HABIT = Wordings(lines_of("wordings/own-habit"))
_OWN_LIFE = Wordings(lines_of("wordings/own-life"))
# in Part 1 one may be asked like this for one's own
_DESCRIBE_YOURS = pattern(r"\W*(?:please )?describe (?:your|the [^.?]*\byou)\b")


@text_rule("personal-part-3", REJECT, {Slot.DISCUSSION})
def personal_part_3(text: Reading) -> str | None:
    """A question about the candidate's own habits, past or home where the exam turns general."""
    if (_personal_signs(text.lower) or 0) >= 2 or _DESCRIBE_YOURS.match(text.lower):
        return "This is about the candidate's own life. Ask about people in general."
    return None


@text_rule("rather-personal-part-3", WARN, {Slot.DISCUSSION})
def rather_personal_part_3(text: Reading) -> str | None:
    """A question that mentions the candidate: 5 % of published Part 3 questions do."""
    signs = _personal_signs(text.lower)
    if signs is not None and signs < 2 and not _DESCRIBE_YOURS.match(text.lower):
        return "Turn this from 'you' to people in general."
    return None


@lru_cache(maxsize=1)  # two rules ask for the same, one after the other
def _personal_signs(lower: str) -> int | None:
    """How many signs of the candidate's own life a text shows; None if it speaks to nobody."""
    if "you" not in lower:
        return None
    rest = Reading(_SET_ASIDE.sub(" ", lower))
    if not _YOU.search(rest.lower):
        return None
    return sum(bool(signs.find(rest)) for signs in (_OWN_DOING, _OWN_HABIT, _OWN_LIFE))
