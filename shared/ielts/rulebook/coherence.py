"""Rules on whether the lines of a card belong together: that none was taken from another card."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING

from shared.ielts.rulebook.fields_of_life import fields_of, stem
from shared.ielts.rulebook.lexicon import lines_of
from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.registry import Finding, Severity, declare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FOREIGN_LINES = declare(
    "card-foreign-lines",
    Severity.REJECT,
    "A card with lines that belong to a card on something else.",
)
# "what the book is called", "which language it was": these name the thing that the card describes
_NAMES_THE_THING = pattern(
    r"\W*(?:what|who|which) (?:(?:the|this) (?!people\b)([a-z-]+)"
    r"|(?:(?:kind|sort|type)s? of )?([a-z-]+)(?: or [a-z-]+)? (?:it|this))"
    r" (?:is|was)(?: called| about)?\W*$"
)
_NAMED = pattern(r"\b(this|these|the) ([a-z-]+)(?= ([a-z-]+)|())")
# kinds of which a noun after "the" says little of what a card is about
_ANYWHERE = frozenset({"event", "activity", "idea", "person"})
# "this experience" may stand for whatever the card describes
_VAGUE = frozenset({"vague", "anything", "done"})
# what places and events have in them: "the cake" of a birthday
_HOLDING = frozenset({"place", "event", "journey"})
_HELD = frozenset({"animal", "food", "object", "place", "plant", "vehicle", "journey"})


def foreign_lines(describe: str, lines: Sequence[str]) -> Iterator[Finding]:
    """Lines, in lower case, that ask about another kind of thing than the card describes.

    A line of another card names something that this one does not, or says of it what can only be
    said of something else. One such bullet is let pass if it is not the first.
    """
    subject = _Subject(describe)
    if not subject.kinds or "anything" in subject.kinds or subject.kinds >= {"done", "happening"}:
        return
    weights: Counter[str] = Counter()
    for number, line in enumerate(lines):
        others = [other for other in lines if other is not line]
        if number == 0 and _is_another(line, subject):
            weights[line] = 2
        elif _names_another(line, subject, others) or _says_otherwise(line, subject):
            weights[line] = 2 if number == len(lines) - 1 else 1
    if weights.total() > 1:
        line = max(weights, key=lambda line: weights[line])
        yield FOREIGN_LINES.finding(
            f"{line!r} belongs to a card on something else. Ask about what this card describes.",
            "bullets",
        )


class _Subject:
    """What a card describes: its words without endings, their kinds, their fields of life."""

    def __init__(self, describe: str) -> None:
        words = re.findall(r"[a-z]+(?:-[a-z]+)*", describe.lower())
        self.stems = set(map(stem, words))
        self.kinds = frozenset[str]().union(*map(kinds_of, words))
        self.fields = fields_of(self.stems)

    def is_far_from(self, noun: str, kinds: frozenset[str]) -> bool:
        """Whether a noun of these kinds has nothing to do with it."""
        return bool(
            kinds
            and kinds.isdisjoint(self.kinds)
            and stem(noun) not in self.stems
            and self.fields.isdisjoint(fields_of({stem(noun)}))
        )


def _is_another(line: str, subject: _Subject) -> bool:
    named = _NAMES_THE_THING.match(line)
    if not named or "happening" in subject.kinds:
        return False
    noun = named[1] or named[2]
    return subject.is_far_from(noun, kinds_of(noun))


def _names_another(line: str, subject: _Subject, others: Sequence[str]) -> bool:
    for article, first, second, _ in _NAMED.findall(line):
        noun = second if kinds_of(second) else first
        kinds = kinds_of(noun)
        if not kinds.isdisjoint(_VAGUE) or stem(first) in subject.stems:
            continue
        if article == "the":
            if "happening" in subject.kinds:
                continue
            kinds -= _ANYWHERE
            kinds -= frozenset() if _HOLDING.isdisjoint(subject.kinds) else _HELD
        if subject.is_far_from(noun, kinds) and not _is_in(others, noun):
            return True
    return False


def _is_in(lines: Sequence[str], noun: str) -> bool:
    return any(stem(noun) == stem(word) for line in lines for word in re.findall("[a-z]+", line))


def _says_otherwise(line: str, subject: _Subject) -> bool:
    return any(sure.isdisjoint(subject.kinds) and sign.search(line) for sure, sign in _signs())


@cache
def _signs() -> list[tuple[frozenset[str], re.Pattern[str]]]:
    lines = (line.partition(": ") for line in lines_of("kind_signs"))
    return [(frozenset(kinds.split()), re.compile(source)) for kinds, _, source in lines]


@cache
def _kinds_of_nouns() -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for line in lines_of("kinds"):
        kind, _, nouns = line.partition(": ")
        for noun in nouns.split():
            kinds[noun].add(kind)
    return {noun: frozenset(of) for noun, of in kinds.items()}


def kinds_of(word: str) -> frozenset[str]:
    """The kinds of thing that a noun, or its plural, stands for; none where it is not listed."""
    kinds = _kinds_of_nouns()
    for ending, instead in (("", ""), ("s", ""), ("es", ""), ("ies", "y"), ("ves", "f")):
        singular = word.removesuffix(ending) + instead if word.endswith(ending) else ""
        if singular in kinds:
            return kinds[singular]
    return frozenset()
