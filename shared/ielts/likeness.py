"""How near two pieces of question text are, whatever the order of their words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Iterable

NEAR_DUPLICATE = 80.0
"""Likeness of the sorted words at which two questions ask the same thing; chosen on the bank."""

_WORD = re.compile(r"[a-z']+")
_FREQUENT = """
    a an and any are as at be been by can could did do does for from had has have how if in into
    is it its like may might more most much many of often on or other should so some someone
    something than that the their them there they this think those time to was were what when
    where which who why will with would you your yourself explain describe say country people
    person thing things about i my me we our us
"""
_FUNCTION_WORDS = frozenset(_FREQUENT.split())
_REMEMBERED = 2048
"""Texts whose words are remembered: the bank's, and no more of what strangers wish to avoid than
fits into some 40 MB."""

_ENDINGS = (
    ("ies", "y"),
    ("sses", "ss"),
    ("shes", "sh"),
    ("ches", "ch"),
    ("ss", "ss"),
    ("s", ""),
    ("ing", ""),
    ("ed", ""),
)


@lru_cache(maxsize=_REMEMBERED)
def content_words(text: str) -> frozenset[str]:
    """The words that carry the subject, reduced to a crude stem ("cities" and "city" are one)."""
    stems = (_stem(word) for word in _WORD.findall(text.lower()) if word not in _FUNCTION_WORDS)
    return frozenset(stem for stem in stems if stem not in _FUNCTION_WORDS)


def near_duplicate(text: str, others: Iterable[str]) -> bool:
    """Whether the text asks the same as one of the others.

    Letters alone would find short questions alike that share no subject, so at least half of the
    words that carry it must be common, too.
    """
    words = content_words(text)
    # Not extract_iter: its generators have to be looked for as garbage.
    alike = process.extract(
        _comparable(text),
        {other: _comparable(other) for other in others},
        scorer=fuzz.ratio,
        score_cutoff=NEAR_DUPLICATE,
        limit=None,
    )
    return any(_half_in_common(words, content_words(other)) for _, _, other in alike)


def _half_in_common(words: frozenset[str], others: frozenset[str]) -> bool:
    return 2 * len(words & others) >= len(words | others)


@lru_cache(maxsize=_REMEMBERED)
def _comparable(text: str) -> str:
    return " ".join(sorted(content_words(text)))


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for ending, replacement in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:  # noqa: PLR2004 - a stem's least
            return word.removesuffix(ending) + replacement
    return word
