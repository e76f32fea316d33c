"""Whether two lines of a card ask the same in other words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shared.ielts.rulebook.fields_of_life import stem
from shared.ielts.rulebook.lexicon import words_of
from shared.ielts.rulebook.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

# one question word for several, and one word for its likes
_SAME = tuple(
    (pattern(rf"\b(?:{words})\b"), instead)
    for words, instead in (
        (r"(?:at|on|in) (?:what|which) (?:time|day|date|year)|what time|(?:on )?what date", "when"),
        (r"(?:at|in|to) (?:what|which) (?:place|location)|what place|which place", "where"),
        (r"for what reason|the reasons? (?:why|that|for)|what made you|what the reason", "why"),
        (r"(?:located|situated|found|placed)", "be"),
        (r"(?:took|takes|take) place|occur(?:s|red)?|happen(?:s|ed)?", "be"),
        (r"who the (?:\w+ )?(?:person|man|woman) (?:is|was)|which person it (?:is|was)", "who be"),
        (r"(?:accompanied|came with|went with|were with|was with|joined) you", "you with"),
        (r"(?:the )?(?:cost|price) of it|(?:you )?(?:paid|pay) for it|it (?:cost|costs)", "cost"),
        (r"(?:it|they) (?:looks?|looked) like|(?:its|the) appearance", "look"),
        (r"first (?:saw|met|heard|found) ", "first "),
    )
)
# without any of these there is nothing to replace
_REPLACED = frozenset(
    [
        "time",
        "date",
        "day",
        "year",
        "place",
        "location",
        "reason",
        "reasons",
        "made",
        "located",
        "situated",
        "found",
        "placed",
        "occur",
        "occurs",
        "occurred",
        "happen",
        "happens",
        "happened",
        "person",
        "man",
        "woman",
        "accompanied",
        "joined",
        "with",
        "cost",
        "costs",
        "price",
        "pay",
        "paid",
        "look",
        "looks",
        "looked",
        "appearance",
        "first",
    ]
)
_ASKING = frozenset({"what", "who", "which", "whose", "where", "when", "why", "how"})
_SAYS_NOTHING = (words_of("function_words") - _ASKING) | {"be", "exactly", "also"}


def _asked(line: str, known: set[str]) -> frozenset[str]:
    """What a lower-case line asks: its question word and the words that are not known."""
    words = re.findall("[a-z]+", line)
    if not _REPLACED.isdisjoint(words):
        for likes, instead in _SAME:
            line = likes.sub(instead, line)
        words = re.findall("[a-z]+", line)
    return frozenset(
        one for word in words if word not in _SAYS_NOTHING and (one := stem(word)) not in known
    )


def asks_twice(lines: Sequence[str], subject: str) -> str | None:
    """The first of some lower-case lines that asks what an earlier one has asked."""
    known = {stem(word) for word in re.findall("[a-z]+", subject)}
    earlier: list[frozenset[str]] = []
    for line in lines:
        one = _asked(line, known)
        # "what it is" and "what you did" differ in nothing that counts here
        if one in earlier and (len(one) > 1 or not one.isdisjoint({"where", "when"})):
            return line
        earlier.append(one)
    return None
