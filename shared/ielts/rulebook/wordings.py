"""Finding any of many wordings in a text, fast enough to try a thousand on every question."""

from __future__ import annotations

from functools import cached_property
from re import Match
from typing import TYPE_CHECKING

from shared.ielts.rulebook.beginnings import beginnings_of, runs_of
from shared.ielts.rulebook.wordings_index import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from re import Pattern

    from shared.ielts.rulebook.reading import Reading
    from shared.ielts.rulebook.wordings_index import Found


class Wordings:
    r"""Regular expressions on lower-case text that match whole words.

    An alternative that begins with "^" matches at the start of a sentence, after "please" or in
    brackets only. Before a space "\w+" is any word, "can't" and "well-known" too. An alternative is
    tried, and even compiled, only where the text has the words that it cannot match without; so
    `make index` must have been told of it.

    Attributes:
        wordings: the expressions.

    """

    def __init__(self, wordings: Iterable[str]) -> None:
        self.wordings = tuple(wordings)

    def find(self, text: Reading) -> str | None:
        """The first of these wordings in the text."""
        at_start, anywhere = self._selection.at_start, self._selection.anywhere
        if at_start.words and not at_start.words.isdisjoint(text.first_beginnings):
            candidates = self._in_order(at_start.among(text.first_beginnings, text.beginnings))
            for start in text.sentence_starts if candidates else ():
                for candidate in candidates:
                    if match := candidate.match(text.lower, start):
                        return match[0].strip()
        if anywhere.words.isdisjoint(text.beginnings):
            return None
        return self._first(anywhere.among(text.beginnings, text.beginnings), text.lower)

    def find_anywhere(self, lower: str) -> str | None:
        """The first of those without "^" in a lower-case text."""
        beginnings = beginnings_of(runs_of(lower))
        return self._first(self._selection.anywhere.among(beginnings, beginnings), lower)

    def _first(self, found: Found, lower: str) -> str | None:
        matches = [match for one in self._in_order(found) if (match := one.search(lower))]
        return min(matches, key=Match.start)[0].strip() if matches else None

    def _in_order(self, found: Found) -> list[Pattern[str]]:
        if len(found) < 2:  # noqa: PLR2004 - nothing to order
            return list(found.values())
        return [found[number] for number in sorted(found, key=self._selection.places.__getitem__)]

    @cached_property
    def _selection(self) -> Selection:
        return Selection(self.wordings)


class NumberedWordings:
    """Wordings of several things, to be told apart by their number.

    Args:
        read: gives them, each as in `Wordings`; called when they are first looked for.

    """

    def __init__(self, read: Callable[[], Iterable[str]]) -> None:
        self._read = read

    def numbers_in(self, text: Reading) -> Iterator[int]:
        """The number of each that is in the text."""
        selection, found = self._selection, set[int]()
        beginnings = text.beginnings
        for number, expression in selection.at_start.among(beginnings, beginnings).items():
            if any(expression.match(text.lower, start) for start in text.sentence_starts):
                found.update(selection.whose[number])
        for number, expression in selection.anywhere.among(beginnings, beginnings).items():
            if not found.issuperset(selection.whose[number]) and expression.search(text.lower):
                found.update(selection.whose[number])
        yield from sorted(found)

    @cached_property
    def wordings(self) -> tuple[str, ...]:
        """The expressions."""
        return tuple(self._read())

    @cached_property
    def _selection(self) -> Selection:
        return Selection(self.wordings)
