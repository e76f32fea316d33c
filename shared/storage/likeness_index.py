"""Keys by which an index finds the few past questions that a new one could be a duplicate of.

Comparing a question with everything that a candidate ever had would cost more with every question.
Two near-duplicates share most of their content words, so of their longest ones they share three
(two, where they have few), and every such group of words is a key: looking up ten keys finds the
likely ones among ten thousand questions. Those are then compared word by word.
"""

from __future__ import annotations

import hashlib
from itertools import combinations

from shared.ielts.likeness import content_words

_LONGEST_WORDS = 5
"""Of two texts that differ in two words, these still share three; ten keys a text at most."""
_GROUP_SIZES = {0: (), 1: (1,), 2: (1, 2), 3: (2, 3), 4: (2, 3), 5: (3,)}
"""Words in a key, by how many there are to choose from: next sizes have one in common."""


def likeness_keys(part: int, text: str) -> frozenset[int]:
    """The text's keys, 64-bit signed; questions of different parts share none."""
    words = sorted(content_words(text), key=lambda word: (-len(word), word))[:_LONGEST_WORDS]
    return frozenset(
        _key(part, group)
        for size in _GROUP_SIZES[len(words)]
        for group in combinations(sorted(words), size)
    )


def fingerprint(texts: tuple[str, ...]) -> bytes:
    """16 bytes that are the same for the same texts, whatever their case and punctuation."""
    plain = "\n".join(
        " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split()) for text in texts
    )
    return hashlib.blake2b(plain.encode(), digest_size=16).digest()


def topic_key(topic: str) -> str:
    """The topic's content words in order: "a journey" and "journeys" are one topic."""
    return " ".join(sorted(content_words(topic))) or topic.strip().lower()


def _key(part: int, words: tuple[str, ...]) -> int:
    text = " ".join((str(part), *words))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), signed=True)
