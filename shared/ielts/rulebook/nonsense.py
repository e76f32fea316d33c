"""Rules against sentences in good grammar that mean nothing: "Do triangles marry on Tuesdays?"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from shared.ielts.rulebook.coherence import kinds_of
from shared.ielts.rulebook.lexicon import lines_of, words_of
from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.registry import EVERYWHERE, Severity, text_rule

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading


@cache
def _worlds() -> tuple[frozenset[str], list[set[str]]]:
    """All things of all worlds, and those of each."""
    worlds = [
        {word for noun in line.split() for word in (noun, f"{noun}s", f"{noun}es")}
        for line in lines_of("worlds")
    ]
    return frozenset[str]().union(*worlds), worlds


@text_rule("worlds-apart", Severity.REJECT, EVERYWHERE)
def worlds_apart(text: Reading) -> str | None:
    """Things together that have nothing to do with one another."""
    worldly, worlds = _worlds()
    if worldly.isdisjoint(text.vocabulary):
        return None
    found = worldly & text.vocabulary
    if len(found) > 1 and not any(found <= world for world in worlds):
        return f"{' and '.join(sorted(found))} make no sense together. Write the text again."
    return None


_SUBJECT = (
    r"(?:^|[,.?:] |\b(?:do|does|did|can|will|should|would|could|might|why|that|if|because|when"
    r"|before|how|than) )"
)


@cache
def _does() -> re.Pattern[str]:
    """A subject, "noun", that does what only the living do."""
    return re.compile(
        rf"{_SUBJECT}(?:(?:the|your|our|most|some|a|an|these|modern|old) )?"
        r"(?!school|college|universit)(?P<noun>[a-z]+)"
        r" (?:(?:should|can|could|will|would|might|must|always|never|often|ever|last) )*"
        rf"(?:{'|'.join(sorted(words_of('alive')))})\b"
    )


_ABSTRACT = (
    r"(?:opinions?|silence|happiness|patience|punctuality|mathematics|economy|economies|education"
    r"|friendships?|gravity|knowledge|honesty|governments?|salary|salaries|grammar|future|society"
    r"|technology|advertising|kindness|luck|hope|wisdom|moon|sun|sky|alphabet|weather|traffic"
    r"|history|democracy|courage|loneliness|freedom|justice|success|advice|information)"
)
_HANDLED = pattern(
    rf"\b{_ABSTRACT} (?:(?:should|can|could|will|would|might) )?(?:is|are|be|was|were|been|being)"
    r" (?:\w+ )?(?:boiled|fried|baked|eaten|swallowed|ironed|peeled|chewed|knitted|melted|poured)\b"
    rf"|\b(?:boil|fry|bake|eat|swallow|iron|peel|chew|drink|wear|knit|cook|wash)"
    rf" (?:(?:the|your|a|some|their|his|her) )?{_ABSTRACT}\b(?!-)(?! (?:food|dish|meal|clothes"
    rf"|uniform|cream|hat|watch))"
    rf"|\bwhat colou?r (?:is|are|was|were) (?:(?:the|your|a|their) )?"
    rf"(?!(?:sun|sky|moon)\b){_ABSTRACT}\b"
    r"|\b(?:eaten|swallowed|married|kissed|hugged|interviewed|arrested|scolded) by (?:an?|the|your)"
    r" (?:spoon|fork|chair|table|lamp|wall|shoe|hat|window|door|pencil|book"
    r"|cup|plate|curtain|bicycle)s?\b"
)
_HANDLING = frozenset(
    {"boiled", "fried", "baked", "eaten", "swallowed", "ironed", "peeled", "chewed", "knitted"}
    | {"melted", "poured", "boil", "fry", "bake", "eat", "swallow", "iron", "peel", "chew", "drink"}
    | {"wear", "knit", "cook", "wash", "colour", "color", "married", "kissed", "hugged", "scolded"}
    | {"interviewed", "arrested"}
)
_LIVING = frozenset({"person", "animal", "event", "anything", "done", "happening", "activity"})


@text_rule("senseless", Severity.REJECT, EVERYWHERE)
def senseless(text: Reading) -> str | None:
    """Things that do what only the living do, or are handled and cannot be."""
    words = text.vocabulary
    if not words_of("alive").isdisjoint(words):
        for found in _does().finditer(text.lower):
            kinds = kinds_of(found["noun"])
            if kinds and kinds.isdisjoint(_LIVING):
                return f"{found[0].strip()!r} makes no sense. Write the text again."
    if not _HANDLING.isdisjoint(words) and (handled := _HANDLED.search(text.lower)):
        return f"{handled[0]!r} makes no sense. Write the text again."
    return None
