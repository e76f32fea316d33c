"""Which entry of the bank comes nearest to a topic that somebody typed."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from shared.ielts.bank.entries import TopicSet, frames, topic_sets
from shared.ielts.likeness import content_words, near_duplicate
from shared.ielts.models import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shared.ielts.bank.entries import BankEntry

_LEAST_SHARE = 0.4
"""Of the weight of the topic's words, so much at least must be an entry's own."""
_SAME_WORD = 0.8
"""Share of unchanged letters at which a word counts as a misspelling of another."""
_SHORTEST_FUZZY = 5
"""Shorter words are too easily another word."""
_SAYS_LITTLE = frozenset(
    content_words(
        "memorable favourite favorite famous best better interesting important recent special good "
        "great nice new old big small beautiful popular enjoyable particular kind type topic "
        "change being get getting got give gave going went make made making want"
    )
)


@cache
def entries(part: Part) -> tuple[BankEntry, ...]:
    """Every entry that has this part."""
    by_category = frames() if part is Part.INTERVIEW else topic_sets()
    return tuple(entry for group in by_category.values() for entry in group)


def ranked(topic: str, part: Part) -> list[BankEntry]:
    """The entries that fit the topic, the best first; empty where nothing fits.

    A word that few entries have, or none, weighs more than a common one: "climate change" is not
    about any change.
    """
    words = content_words(topic)
    index = _index(part)
    scores: defaultdict[int, float] = defaultdict(float)
    weight = 0.0
    for word in words - _SAYS_LITTLE or words:
        positions = frozenset[int]().union(*(index[known] for known in _alike(word, index)))
        rarity = math.log(len(entries(part)) / (1 + len(positions)))
        weight += rarity
        for position in positions:
            scores[position] += rarity
    fitting = [position for position, score in scores.items() if score >= _LEAST_SHARE * weight]
    fitting.sort(key=lambda n: (-scores[n], -_name_likeness(topic, entries(part)[n]), n))
    return [entries(part)[n] for n in fitting] or _of_category(topic, part)


def close(entry: BankEntry, avoid: Iterable[str]) -> bool:
    """Whether the entry comes close to one of the topics or questions to avoid."""
    vocabulary = _vocabulary(entry)
    return any(
        (words := content_words(text))
        and (words <= vocabulary or near_duplicate(text, _texts(entry)))
        for text in avoid
    )


def _name_likeness(topic: str, entry: BankEntry) -> float:
    return fuzz.token_set_ratio(topic.lower(), entry.topic.lower())


def _of_category(topic: str, part: Part) -> list[BankEntry]:
    """A topic as wide as a category ("people", "technology") fits all of its entries."""
    by_category = frames() if part is Part.INTERVIEW else topic_sets()
    name = topic.strip().lower().replace(" ", "-")
    return list(by_category.get(name, ()))


@cache
def _index(part: Part) -> dict[str, frozenset[int]]:
    """Each word of the bank, and the positions of the entries that have it."""
    index: dict[str, set[int]] = defaultdict(set)
    for position, entry in enumerate(entries(part)):
        for word in _vocabulary(entry):
            index[word].add(position)
    return {word: frozenset(positions) for word, positions in index.items()}


def _alike(word: str, index: Mapping[str, object]) -> list[str]:
    """The bank's words that are the word, a misspelling of it, or its last part ("smartphone")."""
    if word in index:
        return [word]
    if len(word) < _SHORTEST_FUZZY:
        return []
    parts = [known for known in index if len(known) >= _SHORTEST_FUZZY and word.endswith(known)]
    found = process.extractOne(
        word, index.keys(), scorer=OSA.normalized_similarity, score_cutoff=_SAME_WORD
    )
    return [*parts, found[0]] if found else parts


def _vocabulary(entry: BankEntry) -> frozenset[str]:
    return content_words(" ".join((entry.topic, *entry.keywords)))


def _texts(entry: BankEntry) -> Sequence[str]:
    if isinstance(entry, TopicSet):
        questions = (question for theme in entry.themes for question in theme.questions)
        return (entry.topic, entry.cue_card.describe, *questions)
    return (entry.topic, *entry.questions)
