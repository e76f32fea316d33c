"""What texts are about: their words without endings, and the fields of life of these."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from shared.ielts.rulebook.lexicon import lines_of, words_of
from shared.ielts.rulebook.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

_COMMON = words_of("function_words") | words_of("says_no_subject")
_ENDINGS = pattern(r"(?:ies|ied|ings?|ers?|ors?|ed|es|s|ly|ments?|ations?|ions?|ness|ful|al|y|e)$")


def stems_of(texts: Iterable[str]) -> set[str]:
    """The stems of the words that say what texts are about."""
    words = re.findall(r"[a-z]{3,}", " ".join(texts).lower())
    return {stem(word) for word in words if word not in _COMMON}


@lru_cache(maxsize=5000)
def stem(word: str) -> str:
    """The word without its ending, so that "plan", "plans" and "planning" are one."""
    short = _ENDINGS.sub("", word)
    if short != word and short[-2:-1] == short[-1:]:
        short = short[:-1]
    return short[:6] if len(short) >= 3 else word  # noqa: PLR2004 - "us" says nothing


def fields_of(stems: Iterable[str]) -> set[int]:
    """The fields of life of some stems, each by its line in `lexicon/fields_of_life.txt`."""
    fields = _fields_of_stem()
    return set[int]().union(*(fields.get(one, ()) for one in stems))


@cache
def _fields_of_stem() -> dict[str, set[int]]:
    fields: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(lines_of("fields_of_life")):
        for word in line.split():
            fields[stem(word)].add(number)
    return fields
