"""Which of all the lexicon's wordings a text may have, by how its words begin.

Most texts have none of them: by this, a thousand are tried on every question.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from re import Pattern
from typing import TYPE_CHECKING, TypedDict

from pydantic_core import from_json

from shared.ielts.rulebook.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Found = dict[int, Pattern[str]]
"""By number, what matches each."""

INDEX = Path(__file__).parent / "lexicon" / "wordings.json"
"""Written by `make index` from the lexicon."""


class IndexParts(TypedDict):
    """All wordings, split into alternatives at the bars that stand outside groups.

    Attributes:
        alternatives: the expressions, each known by its number.
        looked_up_by: of each, how its first word begins, if it matches at a start only, else how
            its rarest does; all choices of that word.
        needed: how the other words begin that each has: "january,may day" of each choice one.
        several: the alternatives of each wording that is not itself the only one.

    """

    alternatives: Sequence[str]
    looked_up_by: Sequence[Sequence[str]]
    needed: Sequence[str]
    several: Mapping[str, Sequence[int]]


class _Index:
    """The index of the lexicon.

    To read from an expression what it needs would take longer than all else before the first
    question.
    """

    def __init__(self, parts: IndexParts) -> None:
        self.alternatives = parts["alternatives"]
        self.looked_up_by = parts["looked_up_by"]
        self.needed = parts["needed"]
        self._several = parts["several"]
        self._numbers = {one: number for number, one in enumerate(self.alternatives)}

    def numbers_of(self, wording: str) -> Sequence[int]:
        """The numbers of a wording's alternatives."""
        if wording in self._several:
            return self._several[wording]
        if wording not in self._numbers:
            raise LookupError(f"{wording!r} is not in {INDEX.name} yet: run `make index`.")
        return (self._numbers[wording],)


@cache
def _index() -> _Index:
    return _Index(from_json(INDEX.read_bytes()))


class Selection:
    """The alternatives of some wordings.

    Attributes:
        places: of each, by its number, its place among all of them.
        at_start: those that match at a start only, looked up by first words.
        anywhere: the others, looked up by any words.

    Raises:
        LookupError: a wording is a new one, and `make index` has not been run.

    """

    def __init__(self, wordings: Iterable[str]) -> None:
        index = _index()
        self._of_wordings = [index.numbers_of(wording) for wording in wordings]
        numbers = dict.fromkeys(chain.from_iterable(self._of_wordings))
        self.places = {number: place for place, number in enumerate(numbers)}
        self.at_start = _LookedUp(n for n in numbers if index.alternatives[n][0] == "^")
        self.anywhere = _LookedUp(n for n in numbers if index.alternatives[n][0] != "^")

    @cached_property
    def whose(self) -> dict[int, list[int]]:
        """Of each alternative, by its number, the numbers of the wordings that have it."""
        whose: dict[int, list[int]] = {}
        for wording_number, numbers in enumerate(self._of_wordings):
            for number in numbers:
                whose.setdefault(number, []).append(wording_number)
        return whose


class _LookedUp:
    def __init__(self, numbers: Iterable[int]) -> None:
        looked_up_by = _index().looked_up_by
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for number in numbers:
            for word in looked_up_by[number]:
                self._by_word[word].append(number)
        self.words = frozenset(self._by_word)

    def among(self, words: frozenset[str], every: frozenset[str]) -> Found:
        """Those that are looked up by one of the words, and need none that is not there."""
        found = {}
        for word in self.words & words:
            for number in self._by_word[word]:
                other_choices, expression = _alternative(number)
                for choice in other_choices:
                    if choice.isdisjoint(every):
                        break
                else:
                    found[number] = expression
        return found


@cache
def _alternative(number: int) -> tuple[list[frozenset[str]], Pattern[str]]:
    """What it needs beside what it is looked up by; what matches it, and whole words only."""
    index = _index()
    other_choices = [frozenset(choice.split(",")) for choice in index.needed[number].split()]
    whole_words = index.alternatives[number].removeprefix("^").replace(r"\w+ ", r"[\w'-]+ ")
    return other_choices, pattern(rf"(?<!\w)(?:{whole_words})(?!\w)")
