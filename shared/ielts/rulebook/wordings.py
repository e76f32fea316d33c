"""Finding any of many wordings in a text, fast enough to try a thousand on every question."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shared.ielts.rulebook.reading import Reading


class Wordings:
    """Regular expressions on lower-case text that match whole words.

    An alternative that begins with "^" matches at the start of a sentence, after "please" or in
    brackets only. They are tried where a word begins, and of them only those that can begin with
    its first letter; each letter's are compiled when a word first begins with it.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        parts = [part for pattern in patterns for part in _alternatives(pattern)]
        self._at_start = _ByFirstLetter(part[1:] for part in parts if part[:1] == "^")
        self._anywhere = _ByFirstLetter(part for part in parts if part[:1] != "^")

    def find(self, text: Reading) -> str | None:
        """The first of these wordings in the text."""
        return self.find_in(text.lower, text.word_starts, text.sentence_starts)

    def find_in(
        self, lower: str, word_starts: Iterable[int], sentence_starts: Iterable[int] = ()
    ) -> str | None:
        """The first of these wordings in a lower-case text of which the starts are known."""
        for patterns, starts in (
            (self._at_start, sentence_starts),
            (self._anywhere, word_starts),
        ):
            for start in starts:
                pattern = patterns[lower[start]]
                if pattern and (match := pattern.match(lower, start)):
                    return match[0].strip()
        return None


class _ByFirstLetter(dict[str, "re.Pattern[str] | None"]):
    """For a letter or digit, one pattern of all those that can begin with it, or None."""

    def __init__(self, patterns: Iterable[str]) -> None:
        super().__init__()
        self._sources: dict[str, list[str]] = defaultdict(list)
        for pattern in patterns:
            for letter in _first_letters(pattern):
                self._sources[letter].append(pattern)

    def __missing__(self, letter: str) -> re.Pattern[str] | None:
        """Compile on first use: compiling all at import would cost a second."""
        sources = self._sources.get(letter)
        pattern = re.compile(rf"(?:{'|'.join(sources)})(?!\w)") if sources else None
        if sources or letter.isascii():
            self[letter] = pattern
        return pattern


# an escaped sign, a character class, or one sign
_TOKEN = re.compile(r"\\.|\[\^?\]?[^\]]*\]|.", re.DOTALL)
_DIGITS = frozenset("0123456789")


def _alternatives(pattern: str) -> Iterator[str]:
    """Split a pattern at the bars that stand outside groups."""
    depth = begin = 0
    for token in _TOKEN.finditer(pattern):
        if token[0] == "(":
            depth += 1
        elif token[0] == ")":
            depth -= 1
        elif token[0] == "|" and not depth:
            yield pattern[begin : token.start()]
            begin = token.end()
    yield pattern[begin:]


def _first_letters(pattern: str) -> frozenset[str]:
    r"""The letters and digits with which a match can begin.

    It knows what the rules use: letters, [..] without ranges but 0-9 and a-d, \d, (?:..) and "?".
    """
    if pattern.startswith("(?:"):
        end = _end_of_group(pattern)
        letters = frozenset[str]().union(*map(_first_letters, _alternatives(pattern[3:end])))
        rest = pattern[end + 1 :]
    else:
        first = _TOKEN.match(pattern)
        if first is None:
            return frozenset()
        if first[0] == r"\d":
            letters = _DIGITS
        elif first[0].isalnum():
            letters = frozenset(first[0])
        else:
            raise ValueError(f"a wording begins with a letter, a digit or a group: {pattern}")
        rest = pattern[first.end() :]
    return letters | _first_letters(rest[1:]) if rest.startswith("?") else letters


def _end_of_group(pattern: str) -> int:
    depth = 0
    for token in _TOKEN.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        if not depth:
            return token.start()
    raise ValueError(f"a group does not end: {pattern}")
