"""What kind of thing a noun stands for: a person, a place, a text."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache

from shared.ielts.rulebook.lexicon import lines_of


@cache
def _kinds_of_nouns() -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for line in lines_of("kinds"):
        kind, _, nouns = line.partition(": ")
        for noun in nouns.split():
            kinds[noun].add(kind)
    return {noun: frozenset(of) for noun, of in kinds.items()}


@lru_cache(maxsize=5000)
def kinds_of(word: str) -> frozenset[str]:
    """The kinds of thing that a noun, or its plural, stands for; none where it is not listed."""
    kinds = _kinds_of_nouns()
    for ending, instead in (("", ""), ("s", ""), ("es", ""), ("ies", "y"), ("ves", "f")):
        singular = word.removesuffix(ending) + instead if word.endswith(ending) else ""
        if singular in kinds:
            return kinds[singular]
    if word.endswith(("ist", "ists")) and len(word) > 6:  # noqa: PLR2004 - "pianist", not "list"
        return frozenset({"person"})
    return frozenset()
