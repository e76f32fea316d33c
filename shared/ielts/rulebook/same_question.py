"""Whether two lines of a card ask the same in other words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from shared.ielts.rulebook.fields_of_life import stem
from shared.ielts.rulebook.lexicon import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

# one question word for several, and one word for its likes
_SAME = {
    r"(?:at|on|in) (?:what|which) (?:time|day|date|year)|what time|(?:on )?what date": "when",
    r"(?:at|in|to) (?:what|which) (?:area|place|location)|(?:its|the) whereabouts"
    r"|(?:what|which) place(?! (?:it|this|that) (?:is|was))": "where",
    r"how frequently|how many times": "how often",
    r"for what reason|the reasons? (?:why|that|for)|what made you|what the reason": "why",
    r"(?:located|situated|found|placed)": "be",
    r"(?:took|takes|take) place|occur(?:s|red)?|happen(?:s|ed)?": "be",
    r"who the (?:\w+ )?(?:person|man|woman) (?:is|was)|which person it (?:is|was)": "who be",
    r"(?:accompanied|came with|went with|were with|was with|joined) you": "companion",
    r"(?:the )?(?:cost|price) of it|(?:you )?(?:paid|pay) for it|it (?:cost|costs)": "cost",
    r"(?:it|they) (?:looks?|looked) like|(?:its|the) appearance": "look",
    r"first (?:saw|met|heard|found) ": "first ",
}
_ASKING = frozenset({"what", "who", "which", "whose", "where", "when", "why", "how"})
_HOW = frozenset({"often", "long", "many", "much"})
_HOW_OFTEN = frozenset({"how", "often"})
_SURE = frozenset({"wher", "when"})  # stems


@cache
def _says_nothing() -> frozenset[str]:
    return (words_of("function_words") - _ASKING - _HOW) | {"be", "exactly", "also"}


@cache
def _likes() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(rf"\b(?:{likes})\b"), instead) for likes, instead in _SAME.items()]


# "what it is", "which book it was", "what the book is called", "the name of the book"
_IDENTITY = re.compile(
    r"(?:what|which)(?: the)?(?: (?!it\b|this\b)(\w+))?(?: it| this)? (?:is|was)(?: called)?"
    r"|(?:what )?(?:the|its) name(?: of (?:it|(?:the|this) (\w+)))?(?: is| was)?"
)
_IS_IT = frozenset({"what", "be"})
_THING_WITHIN = 4  # "describe an old building"


def _names(line: str, thing: set[str]) -> bool:
    """Whether a lower-case line asks what the thing is, and nothing else."""
    named = _IDENTITY.fullmatch(line)
    return named is not None and thing.issuperset(map(stem, filter(None, named.groups())))


def _asked(line: str, known: set[str]) -> frozenset[str]:
    """What a lower-case line asks: its question word and the words that are not known."""
    words = re.findall("[a-z]+", line)
    if not words_of("asked_alike").isdisjoint(words):
        for likes, instead in _likes():
            line = likes.sub(instead, line)
        words = re.findall("[a-z]+", line)
    return frozenset(
        one for word in words if word not in _says_nothing() and (one := stem(word)) not in known
    )


def asks_twice(lines: Sequence[str], subject: str) -> str | None:
    """The first of some lower-case lines that asks what an earlier one has asked."""
    words = re.findall("[a-z]+", subject)
    known = {stem(word) for word in words}
    thing = {stem(word) for word in words[:_THING_WITHIN]}
    earlier: list[frozenset[str]] = []
    for line in lines:
        one = _IS_IT if _names(line, thing) else _asked(line, known)
        # "what it is" and "what you did" differ in nothing that counts here
        if one in earlier and (len(one) > 1 or not one.isdisjoint(_SURE)):
            return line
        if one >= _HOW_OFTEN and any(before >= _HOW_OFTEN for before in earlier):
            return line
        earlier.append(one)
    return None
