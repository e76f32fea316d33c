"""The names that the lexicon lists, read when first looked for: most texts have none of them."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING

from shared.ielts.rulebook.lexicon import files_of, phrases_of, words_of
from shared.ielts.rulebook.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_WORD = pattern(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


class Names:
    """The names of lexicon files, of each also its plural."""

    def __init__(self, *files: str) -> None:
        self._files = files

    def find(self, lower: str, vocabulary: AbstractSet[str]) -> str | None:
        """A name in a lower-case text of these words."""
        if self.looked_up.isdisjoint(vocabulary):
            return None
        found = self.looked_up & vocabulary
        if words := found & self._words:
            return min(words)
        for word in sorted(found):
            for phrase in self._phrases[word]:
                if phrase in lower and re.search(rf"(?<!\w){re.escape(phrase)}s?(?!\w)", lower):
                    return phrase
        return None

    @cached_property
    def looked_up(self) -> frozenset[str]:
        """Names of one word, and the words by which the others are found."""
        return frozenset(self._words | self._phrases.keys())

    @cached_property
    def _words(self) -> set[str]:
        """Names of one word and their plurals."""
        words = self._single_and_others[0]
        plurals = {f"{word}s" for word in words} - words_of("everyday")
        return plurals.union(words)

    @cached_property
    def _phrases(self) -> dict[str, list[str]]:
        """The others, by a word of each that is not among the everyday ones, if any is."""
        everyday = words_of("everyday")
        phrases: dict[str, list[str]] = {}
        for name in self._single_and_others[1]:
            words = name.split() if name.replace(" ", "").isalpha() else _WORD.findall(name)
            telling = next((word for word in words if word not in everyday), None)
            word = telling or max(words, key=_tells)
            phrases.setdefault(word, []).append(name)
            if word == words[-1]:
                phrases.setdefault(f"{word}s", []).append(name)
        return phrases

    @cached_property
    def _single_and_others(self) -> tuple[list[str], list[str]]:
        single: list[str] = []
        others: list[str] = []
        for file in self._files:
            for name in phrases_of(file):
                is_word = name.isalpha() or name.replace("-", "").replace("'", "").isalpha()
                (single if is_word else others).append(name)
        return single, others


def _tells(word: str) -> tuple[bool, int]:
    return word not in words_of("function_words"), len(word)


NATIONS = Names("nations")
OF_ONE_NATION = Names("places", "institutions", *files_of("one_nation"))
BRANDS = Names("brands")
CELEBRITIES = Names("celebrities")


def may_hold_a_name(vocabulary: AbstractSet[str]) -> bool:
    """Whether a text of these words may hold a listed name."""
    return not _all_looked_up().isdisjoint(vocabulary)


@cache
def _all_looked_up() -> frozenset[str]:
    lists = (NATIONS, OF_ONE_NATION, BRANDS, CELEBRITIES)
    return frozenset(["china"]).union(*[names.looked_up for names in lists])
