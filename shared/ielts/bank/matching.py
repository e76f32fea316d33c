"""Which entry of the bank comes nearest to a topic that somebody typed."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from shared.ielts.bank.entries import TopicSet, frames, topic_sets
from shared.ielts.likeness import content_words, near_duplicate
from shared.ielts.models import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shared.ielts.bank.entries import BankEntry

_LEAST_SHARE = 0.6
"""Of the weight of the topic's words, so much at least must be those of an entry that fits it."""
_IN_NAME = 1e-6
"""What tells apart entries about the same: how many of the typed words they have in their names."""
_SAME_WORD = 0.8
"""Share of unchanged letters at which a word counts as a misspelling of another."""
_SHORTEST_FUZZY = 7
"""Shorter words are too easily another word: "planet" is no plant."""
_SAYS_LITTLE = frozenset(
    content_words(
        "memorable favourite favorite famous best better interesting important recent special good "
        "great nice new old big small beautiful popular enjoyable particular kind type topic "
        "change being get getting got give gave going went make made making want "
        "learning playing watching using public video online healthy"
    )
)


class Match(NamedTuple):
    """An entry that is about something in a topic.

    Attributes:
        fits: whether it is about enough of it to be called on the topic.

    """

    entry: BankEntry
    fits: bool


@cache
def entries(part: Part) -> tuple[BankEntry, ...]:
    """Every entry that has this part."""
    by_category = frames() if part is Part.INTERVIEW else topic_sets()
    return tuple(entry for group in by_category.values() for entry in group)


def ranked(topic: str, part: Part) -> Iterator[Match]:
    """The entries that are about the topic, the best first; none where none is.

    A word that few entries have, or none, weighs more than a common one: "space exploration" is
    not about any space.
    """
    index = _index(part)
    typed = content_words(topic)
    words = {_spelt(word, index) for word in typed - _SAYS_LITTLE or typed}
    rarity = {word: math.log(len(index.entries) / (1 + len(index.having[word]))) for word in words}
    least = _LEAST_SHARE * sum(rarity.values())
    scores = dict.fromkeys(sorted(index.about(words, typed)), 0.0)
    for word in words:
        for position in scores.keys() & index.having[word]:
            scores[position] += rarity[word]
    for word in typed:
        for position in scores.keys() & index.naming[word]:
            scores[position] += _IN_NAME
    for position in sorted(scores, key=scores.__getitem__, reverse=True):
        yield Match(index.entries[position], fits=scores[position] >= least)
    if not scores:
        yield from _of_category(topic, part)


def close(entry: BankEntry, avoid: Iterable[str], topic: str = "") -> bool:
    """Whether the entry comes close to one of the topics or questions to avoid.

    Where that is the very topic asked for, the topic wins: only a question in the same words does
    not come again.
    """
    return any(_touches(entry, text, content_words(topic)) for text in avoid)


def _touches(entry: BankEntry, avoided: str, asked_for: frozenset[str]) -> bool:
    words = content_words(avoided)
    if words <= asked_for:
        return avoided in _texts(entry)
    return words <= _vocabulary(entry) or near_duplicate(avoided, (entry.topic, *_texts(entry)))


def _of_category(topic: str, part: Part) -> Iterator[Match]:
    """A topic as wide as a category ("people", "technology") fits all of its entries."""
    by_category = frames() if part is Part.INTERVIEW else topic_sets()
    name = topic.strip().lower().replace(" ", "-")
    return (Match(entry, fits=True) for entry in by_category.get(name, ()))


class _Index:
    """Which entries have which words in their names, and which are about them.

    The rest of a name only tells apart the entries on one subject.

    Attributes:
        entries: those with the shortest names first.
        naming: by word, the positions of the entries that have it in their names.
        having: by word, those that have it in their names or among their subjects.

    """

    def __init__(self, part: Part) -> None:
        self.entries = sorted(entries(part), key=lambda entry: len(content_words(entry.topic)))
        self.naming = _Positions()
        self.having = _Positions()
        self._about = _Positions()
        self._named: dict[frozenset[str], int] = {}
        for position, entry in enumerate(self.entries):
            name = content_words(entry.topic)
            subjects = content_words(" ".join(entry.subjects))
            self.naming.add(position, name)
            self.having.add(position, name | subjects)
            self._about.add(position, subjects)
            self._named[name] = position

    def about(self, words: Iterable[str], typed: frozenset[str]) -> set[int]:
        """The positions of what has one of the words for a subject, or is named what was typed."""
        found = set[int]().union(*(self._about[word] for word in words))
        if typed in self._named:
            found.add(self._named[typed])
        return found


class _Positions(dict[str, set[int]]):
    """By word, the positions of entries; none for a word that they do not have."""

    def __missing__(self, _word: str) -> frozenset[int]:
        return frozenset()

    def add(self, position: int, words: Iterable[str]) -> None:
        for word in words:
            self.setdefault(word, set()).add(position)


@cache
def _index(part: Part) -> _Index:
    return _Index(part)


def _spelt(word: str, index: _Index) -> str:
    """The bank's word that this one is, or is a misspelling of; or this one."""
    if word in index.having or len(word) < _SHORTEST_FUZZY:
        return word
    candidates = [known for known in index.having if known[0] == word[0]]
    found = process.extractOne(
        word, candidates, scorer=OSA.normalized_similarity, score_cutoff=_SAME_WORD
    )
    return found[0] if found else word


def _vocabulary(entry: BankEntry) -> frozenset[str]:
    return content_words(" ".join((entry.topic, *entry.subjects, *entry.keywords)))


def _texts(entry: BankEntry) -> Sequence[str]:
    if isinstance(entry, TopicSet):
        themes = (text for theme in entry.themes for text in (theme.theme, *theme.questions))
        return (entry.cue_card.describe, *entry.rounding_off, *themes)
    return entry.questions
