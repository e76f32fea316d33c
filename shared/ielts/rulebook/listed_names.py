"""The names that the lexicon lists, read when first looked for: most texts have none of them."""

from __future__ import annotations

import re
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from pydantic_core import from_json

from shared.ielts.rulebook.lexicon import files_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

NAMES_INDEX = Path(__file__).parent / "lexicon" / "names.json"
"""Written by `make index` from the lexicon."""


class NamesParts(TypedDict):
    """The names of some lexicon files.

    Attributes:
        words: those of one word, and their plurals.
        phrases: the others, by a word of each that is not among the everyday ones, if any is.

    """

    words: Sequence[str]
    phrases: Mapping[str, Sequence[str]]


class Names:
    """The names of lexicon files, of each also its plural.

    Attributes:
        name: what they are called in the index.
        files: the lexicon files.

    """

    def __init__(self, name: str, *files: str) -> None:
        self.name = name
        self.files = files

    def find(self, lower: str, vocabulary: AbstractSet[str]) -> str | None:
        """A name in a lower-case text of these words."""
        if self.looked_up.isdisjoint(vocabulary):
            return None
        found = self.looked_up & vocabulary
        if words := found & self._words:
            return min(words)
        for word in sorted(found):
            for phrase in self._parts["phrases"][word]:
                if phrase in lower and re.search(rf"(?<!\w){re.escape(phrase)}s?(?!\w)", lower):
                    return phrase
        return None

    @cached_property
    def looked_up(self) -> frozenset[str]:
        """Names of one word, and the words by which the others are found."""
        return self._words.union(self._parts["phrases"])

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._parts["words"])

    @property
    def _parts(self) -> NamesParts:
        return _index()[self.name]


@cache
def _index() -> dict[str, NamesParts]:
    """The index of all lists: to make it takes longer than to check ten questions."""
    index: dict[str, NamesParts] = from_json(NAMES_INDEX.read_bytes())
    return index


NATIONS = Names("nations", "nations")
OF_ONE_NATION = Names("of one nation", "places", "institutions", *files_of("one_nation"))
BRANDS = Names("brands", "brands")
CELEBRITIES = Names("celebrities", "celebrities")
LISTS = (NATIONS, OF_ONE_NATION, BRANDS, CELEBRITIES)


def may_hold_a_name(vocabulary: AbstractSet[str]) -> bool:
    """Whether a text of these words may hold a listed name."""
    return not _all_looked_up().isdisjoint(vocabulary)


@cache
def _all_looked_up() -> frozenset[str]:
    return frozenset(["china"]).union(*[names.looked_up for names in LISTS])
