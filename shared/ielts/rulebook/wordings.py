"""Finding any of many wordings in a text, fast enough to try a thousand on every question."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, cached_property
from re import Match
from typing import TYPE_CHECKING

from shared.ielts.rulebook.lexicon import lines_of
from shared.ielts.rulebook.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from re import Pattern

    from shared.ielts.rulebook.reading import Reading

_LETTERS = 7
"""So many of a word's characters are looked up; of a shorter word, all."""
_FEW_LETTERS = 4
"""So many are where an expression does not tell that many."""
_ANY_NUMBER = "0*"
"""Looked up where a text has a digit."""


_NO_WORD = bytes.maketrans(
    bytes(code for code in range(128) if not (chr(code).isalnum() or code == ord("_"))),
    b" " * (128 - 63),
)
_RUN = re.compile(r"\w+")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")


def runs_of(lower: str) -> list[str]:
    """The words and numbers of a lower-case text, cut at whatever is none; all digits are ours."""
    if lower.isascii():
        return lower.encode().translate(_NO_WORD).decode().split()
    return _RUN.findall(_OTHER_DIGIT.sub("0", lower))


def beginnings_of(words: Iterable[str]) -> frozenset[str]:
    """What `Wordings` looks up of the words (and numbers) of a lower-case text."""
    beginnings = [word[:_LETTERS] for word in words]
    beginnings += [word[:_FEW_LETTERS] for word in beginnings if len(word) > _FEW_LETTERS]
    if not "".join(beginnings).isalpha():
        beginnings.append(_ANY_NUMBER)
    return frozenset(beginnings)


class Wordings:
    """Regular expressions on lower-case text that match whole words.

    An alternative that begins with "^" matches at the start of a sentence, after "please" or in
    brackets only. Most texts have none of them. So an alternative is tried, and even compiled, only
    where the text has a word that it cannot match without.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = tuple(patterns)

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
        parts = [part for one in self._patterns for part in _alternatives(one)]
        return (
            _ByWord([part[1:] for part in parts if part[0] == "^"], _first_word),
            _ByWord([part for part in parts if part[0] != "^"], _rarest_word),
        )


def _first(candidates: Sequence[Pattern[str]], lower: str) -> str | None:
    matches = [match for candidate in candidates if (match := candidate.search(lower))]
    return min(matches, key=Match.start)[0].strip() if matches else None


class _ByWord:
    """Alternatives, looked up by how a word begins that each match has."""

    def __init__(
        self, alternatives: Iterable[str], needed: Callable[[str], frozenset[str]]
    ) -> None:
        self._alternatives: dict[str, list[tuple[int, _Alternative]]] = defaultdict(list)
        for number, source in enumerate(alternatives):
            alternative = _alternative(source)
            beginnings = needed(alternative.simplified)
            if not beginnings:
                raise ValueError(f"no word is sure to be in a match of {source}")
            for beginning in beginnings:
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
    def __init__(self, source: str) -> None:
        self.pattern = pattern(rf"(?<!\w)(?:{source})(?!\w)")
        # with a space where a word ends
        self.simplified = _WORD_END.sub(" ", _PERHAPS_SPACE.sub(" ?", source)) + " "

    @cached_property
    def needed(self) -> list[frozenset[str]]:
        """How the words begin that every match has: of each choice one; the uncommon ones first."""
        return sorted(_sure_words(self.simplified), key=_frequency)


@cache  # the same stands in the wordings of a rule, and of all rules together
def _alternative(source: str) -> _Alternative:
    return _Alternative(source)


# The rest reads regular expressions, as far as the lexicon uses them: characters, [..] of single
# ones, \d, (?:..), lookaheads, and repeats. What it does not know may be anything.

# an escaped sign, a character class, or one sign
_TOKEN = re.compile(r"\\.|\[\^?\]?[^\]]*\]|.", re.DOTALL)
_ITS_REST = r"(?:(?<=\\).|(?<=\[)\^?\]?[^\]]*\])?"
_SIGN = re.compile(rf"[\\[|()]{_ITS_REST}", re.DOTALL)
_SPACE_OR_BRACKET = re.compile(rf"[\\[() ]{_ITS_REST}", re.DOTALL)
# characters that stand for themselves, of which the last is neither repeated nor left out
_PLAIN = re.compile(r"(?:[^][\\(){}.^$|?*+]|\\\W)+(?![?*+{])")
_SINGLES = re.compile(r"\[[^-\\^]+-?\]")
_DEEPER = {"(": 1, ")": -1}
# words that may be missing: "(?:a |the |\w+ )?"
_LEFT_OUT = re.compile(r"\(\?:(?:[^()|]* \|)*[^()|]* \)(?:[?*]|\{\d,\d\})")
_PLAIN_WORD = re.compile(rf"[a-z]{{{_LETTERS}}}(?![?*+{{])|[a-z]+(?= (?![?*+{{]))")
_WORD = re.compile(r"\w*")
_PERHAPS_SPACE = re.compile(r"\\[Ws]\*")
_WORD_END = re.compile(r"\\[Wb]|(?<!\\)\$")
_UNKNOWN = "*"
# in how many of a hundred texts a word begins so, where that is more than a few
_FREQUENT = {
    beginning: int(percent)
    for percent, _, beginnings in (line.partition(": ") for line in lines_of("frequent_beginnings"))
    for beginning in beginnings.split()
}


def _frequency(beginnings: Iterable[str]) -> int:
    return sum(_FREQUENT.get(beginning, 0) for beginning in beginnings)


@cache
def _alternatives(pattern: str) -> tuple[str, ...]:
    """Split a pattern at the bars that stand outside groups."""
    if "|" not in pattern:
        return (pattern,)
    parts = []
    depth = begin = 0
    for token in _SIGN.finditer(pattern):
        sign = token[0]
        if sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
        elif sign == "|" and not depth:
            parts.append(pattern[begin : token.start()])
            begin = token.end()
    return (*parts, pattern[begin:])


def _end_of_group(pattern: str) -> int:
    depth = 0
    for token in _SIGN.finditer(pattern):
        depth += _DEEPER.get(token[0], 0)
        if not depth:
            return token.end()
    raise ValueError(f"a group does not end: {pattern}")


@cache
def _rarest_word(pattern: str) -> frozenset[str]:
    """How the word begins that every match has and the fewest texts; one of these beginnings."""
    best: frozenset[str] = frozenset()
    for beginnings in _sure_words(pattern):
        frequency = _frequency(beginnings)
        if not frequency:
            return beginnings
        if not best or frequency < _frequency(best):
            best = beginnings
    return best


def _sure_words(pattern: str) -> Iterator[frozenset[str]]:
    """How the words begin that every match has."""
    for place in _word_places(pattern):
        if beginnings := _first_word(pattern[place:]):
            yield beginnings


def _word_places(pattern: str) -> Iterator[int]:
    """Where a pattern begins, and where it goes on after a space, with words left out or not."""
    yield from _with_words_left_out(pattern, 0)
    depth = 0
    for token in _SPACE_OR_BRACKET.finditer(pattern):
        depth += _DEEPER.get(token[0], 0)
        end = token.end()
        if token[0] == " " and not depth and pattern[end : end + 1] not in {"?", "*", "{"}:
            yield from _with_words_left_out(pattern, end)


def _with_words_left_out(pattern: str, place: int) -> Iterator[int]:
    yield place
    if left_out := _LEFT_OUT.match(pattern, place):
        yield from _with_words_left_out(pattern, left_out.end())


@cache
def _first_word(pattern: str) -> frozenset[str]:
    """How the first word of every match begins; nothing where that cannot be told."""
    if plain := _PLAIN_WORD.match(pattern):
        return frozenset([plain[0][:_LETTERS]])
    beginnings = set()
    for opening in _openings(pattern, _LETTERS):
        word = _WORD.findall(opening)[0]
        if opening == word + _UNKNOWN:
            word = _known_beginning(word)
        beginnings.add(word)
    return frozenset() if "" in beginnings else frozenset(beginnings)


def _known_beginning(word: str) -> str:
    if word[:1].isdigit():
        return _ANY_NUMBER
    return word[:_FEW_LETTERS] if len(word) >= _FEW_LETTERS else ""


def _openings(pattern: str, length: int) -> set[str]:
    """The characters with which a match can begin: so many, or what is known and a sign."""
    if length <= 0 or not pattern:
        return {""}
    if plain := _PLAIN.match(pattern):
        begun = plain[0].replace("\\", "")[:length]
        rest = pattern[plain.end() :]
        return {begun + opening for opening in _openings(rest, length - len(begun))}
    options, rest = _next(pattern)
    if not options or rest.startswith(("*", "{0")):
        return {_UNKNOWN}
    if rest[0] == "?":
        options, rest = ["", *options], rest[1:]
    elif rest[0] in "+{":
        rest = "."
    return {opening for one in options for opening in _openings(one + rest, length)}


def _next(pattern: str) -> tuple[list[str], str]:
    """What a pattern can begin with, as patterns, and what follows. Nothing: it may be anything."""
    if pattern.startswith(("(?!", "(?=", "(?<")):
        return [""], pattern[_end_of_group(pattern) :]
    if pattern.startswith("(?:"):
        end = _end_of_group(pattern)
        return list(_alternatives(pattern[3 : end - 1])), pattern[end:]
    first = _TOKEN.findall(pattern)[0]
    rest = pattern[len(first) :]
    if first == r"\d":
        return list("0123456789"), rest
    if _SINGLES.fullmatch(first):
        return [*map(re.escape, first[1:-1])], rest
    return [first] if _PLAIN.fullmatch(first) else [], rest
