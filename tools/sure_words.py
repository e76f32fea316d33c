r"""Which words are sure to be in every match of a regular expression, and how they begin.

It reads expressions as far as the lexicon uses them: characters, [..] of single ones, \d, (?:..),
lookaheads, and repeats. What it does not know may be anything.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from shared.ielts.rulebook.beginnings import ANY_NUMBER, FEW_LETTERS, LETTERS
from shared.ielts.rulebook.lexicon import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
_PLAIN_WORD = re.compile(rf"[a-z]{{{LETTERS}}}(?![?*+{{])|[a-z]+(?= (?![?*+{{]))")
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


def sure_words(alternative: str) -> list[frozenset[str]]:
    """How words begin that every match has, of each choice one; by the first it is looked up.

    Raises:
        ValueError: no word is sure to be in a match.

    """
    simplified = _WORD_END.sub(" ", _PERHAPS_SPACE.sub(" ?", alternative.removeprefix("^"))) + " "
    sure = sorted(dict.fromkeys(_sure_words(simplified)), key=_frequency)
    if alternative[0] == "^":
        first = _first_word(simplified)
        sure = [first, *(words for words in sure if words != first)] if first else []
    if not sure:
        raise ValueError(f"no word is sure to be in a match of {alternative}")
    return sure


@cache
def alternatives_of(pattern: str) -> tuple[str, ...]:
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
        return frozenset([plain[0][:LETTERS]])
    beginnings = set()
    for opening in _openings(pattern, LETTERS):
        word = _WORD.findall(opening)[0]
        if opening == word + _UNKNOWN:
            word = _known_beginning(word)
        beginnings.add(word)
    return frozenset() if "" in beginnings else frozenset(beginnings)


def _known_beginning(word: str) -> str:
    if word[:1].isdigit():
        return ANY_NUMBER
    return word[:FEW_LETTERS] if len(word) >= FEW_LETTERS else ""


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
        return list(alternatives_of(pattern[3 : end - 1])), pattern[end:]
    first = _TOKEN.findall(pattern)[0]
    rest = pattern[len(first) :]
    if first == r"\d":
        return list("0123456789"), rest
    if _SINGLES.fullmatch(first):
        return [*map(re.escape, first[1:-1])], rest
    return [first] if _PLAIN.fullmatch(first) else [], rest
