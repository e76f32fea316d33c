"""Rules on the first line of a cue card: "Describe ..."."""

# ruff: noqa: PLR2004
# The figures in these rules are the rules: each was set on real questions, as the comments say.

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.registry import Severity, Slot, text_rule

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading

REJECT, WARN = Severity.REJECT, Severity.WARN

_YOU_SHOULD_SAY = pattern(
    r"[\s.:;,-]*\b(?:and )?(?:you should (?:say|talk about|include)|(?:please )?say)\b"
    r"[\s:.\u2026]*$",
    re.IGNORECASE,
)


def task_of(describe: str) -> str:
    """The describe line without "You should say:" at its end."""
    return _YOU_SHOULD_SAY.sub("", describe) if len(describe) > 20 else describe


# recalled cards have other verbs as well
_TASK = pattern(
    r"\W*(?:please )?(?:describe|(?:talk|tell (?:me|us)|speak) about|think of"
    r"|i'd like you to describe) \w"
)


@text_rule("describe-line", REJECT, {Slot.DESCRIBE})
def describe_line(text: Reading) -> str | None:
    """A card that does not begin by "Describe ..."."""
    if _TASK.match(text.lower):
        return None
    return "Begin the card with 'Describe a ...' or 'Describe something ...'."


@text_rule("describe-wording", WARN, {Slot.DESCRIBE})
def describe_wording(text: Reading) -> str | None:
    """Another verb than "describe" at the head of a card."""
    if text.words[:1] == ["describe"]:
        return None
    return "Begin the card with 'Describe'."


_LINKS = frozenset({"and", "or", "describe", "whichever"})
_SECOND_TASK = pattern(
    r"\bdescribe\b.*\b(?:describe|and (?:discuss|compare|explain|evaluate))\b"
    r"|\bor else\b|\band also (?:an?|your|the)\b|, what .*, and how\b|\bwhichever\b"
    r"|^describe (?:an?|the|your|some) (?!.*\byou and\b)(?!.* there\W*$)[^,]*?"
    r" and (?:an?|your|the reason|what) "
    r"|^describe (?:an?|the|your) [^,]+(?:, (?:an?|the|your) [^,]+)+,? and (?:an?|the|your) "
)


@text_rule("describe-question", REJECT, {Slot.DESCRIBE})
def describe_question(text: Reading) -> str | None:
    """A describe line that asks a question or gives more than one task."""
    if "?" in text.plain:
        return "A card describes, it does not ask: 'Describe a ...'."
    if not _LINKS.isdisjoint(text.words[1:]) and _SECOND_TASK.search(text.lower):
        return "Give the card one thing to describe."
    return None


_SOMEBODY = pattern(
    r"\b(?:some(?:one|body)|anyone|person|people|friends?|man|woman|boy|girl|child|children|relative"
    r"|teacher|neighbour|parents?|mother|father|brother|sister|aunt|uncle|cousin|grandparents?"
    r"|grandmother|grandfather|colleague|famil(?:y|ies)|team|group|who|others?|\w+ists?|\w+(?:er|or|ian)s?)\b"
)
_OTHERS = frozenset({"he", "she", "they", "we", "our", "us"})
_THEY = pattern(r"\b(?:he|she|they|we|our|us)\b")


@text_rule("describe-whose", REJECT, {Slot.DESCRIBE})
def describe_whose(text: Reading) -> str | None:
    """A describe line on what they or she did, without a word on who that is."""
    if _OTHERS.isdisjoint(text.vocabulary):
        return None
    if (other := _THEY.search(text.lower)) and not _SOMEBODY.search(text.lower[: other.start()]):
        return f"Say who {other[0]!r} is, or speak to the candidate: 'you'."
    return None
