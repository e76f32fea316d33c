"""Finding any of many wordings in a text, fast enough to try a thousand on every question."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, cached_property
from pathlib import Path
from re import Match
from typing import TYPE_CHECKING

from pydantic_core import from_json

from shared.ielts.rulebook.beginnings import beginnings_of, runs_of
from shared.ielts.rulebook.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from re import Pattern

    from shared.ielts.rulebook.reading import Reading
    from shared.ielts.rulebook.sure_words import Choices

INDEX = Path(__file__).parent / "lexicon" / "wordings.json"
"""Written by `make index` from the lexicon."""


class Wordings:
    r"""Regular expressions on lower-case text that match whole words.

    An alternative that begins with "^" matches at the start of a sentence, after "please" or in
    brackets only. Before a space "\w+" is any word, "can't" and "well-known" too. Most texts have
    none of them. So an alternative is tried, and even compiled, only where the text has a word that
    it cannot match without.

    Attributes:
        wordings: the expressions.

    """

    def __init__(self, wordings: Iterable[str]) -> None:
        self.wordings = tuple(wordings)

    def find(self, text: Reading) -> str | None:
        """The first of these wordings in the text."""
        at_start, anywhere = self._by_word
        if not at_start.beginnings.isdisjoint(text.first_beginnings):
            candidates = at_start.among(text.beginnings, text.first_beginnings)
            for start in text.sentence_starts if candidates else ():
                for candidate in candidates:
                    if match := candidate.match(text.lower, start):
                        return match[0].strip()
        if anywhere.beginnings.isdisjoint(text.beginnings):
            return None
        return _first(anywhere.among(text.beginnings, text.beginnings), text.lower)

    def find_anywhere(self, lower: str) -> str | None:
        """The first of those without "^" in a lower-case text."""
        _, anywhere = self._by_word
        beginnings = beginnings_of(runs_of(lower))
        return _first(anywhere.among(beginnings, beginnings), lower)

    @cached_property
    def _by_word(self) -> tuple[_ByWord, _ByWord]:
        """Those that match at a start only, and those that match anywhere."""
        parts = [part for one in self.wordings for part in _alternatives(one)]
        return (
            _ByWord(part for part in parts if part.is_first),
            _ByWord(part for part in parts if not part.is_first),
        )


class NumberedWordings:
    """Wordings of several things, to be told apart by their number.

    Args:
        read: gives them, each as in `Wordings`; called when they are first looked for.

    """

    def __init__(self, read: Callable[[], Iterable[str]]) -> None:
        self._read = read

    def numbers_in(self, text: Reading) -> Iterator[int]:
        """The number of each that is in the text."""
        beginnings = self._beginnings & text.beginnings
        if not beginnings:
            return
        for number in sorted({n for one in beginnings for n in self._by_beginning[one]}):
            if self._each[number].find(text):
                yield number

    @cached_property
    def wordings(self) -> tuple[str, ...]:
        """The expressions."""
        return tuple(self._read())

    @cached_property
    def _each(self) -> list[Wordings]:
        return [Wordings([wording]) for wording in self.wordings]

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(self._by_beginning)

    @cached_property
    def _by_beginning(self) -> dict[str, list[int]]:
        """By how a word begins that each match has: the numbers."""
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, wording in enumerate(self.wordings):
            for _, needed in _sources(wording):
                for beginning in needed[0]:
                    numbers[beginning].append(number)
        return dict(numbers)


def _first(candidates: Sequence[Pattern[str]], lower: str) -> str | None:
    matches = [match for candidate in candidates if (match := candidate.search(lower))]
    return min(matches, key=Match.start)[0].strip() if matches else None


class _ByWord:
    """Alternatives, looked up by how a word begins that each match has."""

    def __init__(self, alternatives: Iterable[_Alternative]) -> None:
        self._alternatives: dict[str, list[tuple[int, _Alternative]]] = defaultdict(list)
        for number, alternative in enumerate(alternatives):
            for beginning in alternative.looked_up_by:
                self._alternatives[beginning].append((number, alternative))
        self.beginnings = frozenset(self._alternatives)

    def among(
        self, beginnings: frozenset[str], looked_up: frozenset[str]
    ) -> Sequence[Pattern[str]]:
        """Those that may match a text in which words begin so, in their order."""
        found = {}
        for beginning in self.beginnings & looked_up:
            for number, alternative in self._alternatives[beginning]:
                for choice in alternative.needed:
                    if choice.isdisjoint(beginnings):
                        break
                else:
                    found[number] = alternative.pattern
        return [found[number] for number in sorted(found)]


class _Alternative:
    """One of a wording's alternatives.

    Attributes:
        pattern: matches it, and whole words only.
        is_first: whether it matches at a start only.
        looked_up_by: how a word begins that every match has; one of these.

    """

    def __init__(self, source: str, needed: Choices) -> None:
        whole_words = source.removeprefix("^").replace(r"\w+ ", r"[\w'-]+ ")
        self.pattern = pattern(rf"(?<!\w)(?:{whole_words})(?!\w)")
        self.is_first = source[0] == "^"
        self.looked_up_by = needed[0]
        self._needed = needed

    @cached_property
    def needed(self) -> list[frozenset[str]]:
        """How the words begin that every match has: of each choice one."""
        return [frozenset(choice) for choice in self._needed]


@cache  # the same stands in the wordings of a rule, and of all rules together
def _alternatives(wording: str) -> list[_Alternative]:
    return [_Alternative(source, needed) for source, needed in _sources(wording)]


def _sources(wording: str) -> Iterable[tuple[str, Choices]]:
    """Each alternative, and what it needs."""
    indexed = _index().get(wording)
    if indexed is None:  # a new one: `make index` has not been run
        from shared.ielts.rulebook.sure_words import alternatives  # noqa: PLC0415 - seldom needed

        return alternatives(wording)
    found, begin = [], 0
    for length, needed in indexed:
        found.append((wording[begin : begin + length], needed))
        begin += length + 1
    return found


@cache
def _index() -> dict[str, list[tuple[int, Choices]]]:
    """Of each wording in the lexicon how long its alternatives are, and what they need.

    Reading that from the expressions would take longer than all else before the first question.
    """
    index: dict[str, list[tuple[int, Choices]]] = from_json(INDEX.read_bytes())
    return index
