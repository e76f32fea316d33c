"""The word lists in `lexicon/`, read once. In each file a line that begins with # is a comment."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "lexicon"
# What may follow a word of the list, and what the word then lost: "carried" is "carry".
_ENDINGS = tuple(
    (ending, lost)
    for lost, endings in (
        ("", "'s s es d ed ing er est ly ness less ful able ment ation ion ise ity al y"),
        ("e", "es ed ing er est able ation ion ity"),
        ("y", "ies ied ier iest ily"),
        ("s", "s'"),
    )
    for ending in endings.split()
)
_BEGINNINGS = ("un", "re", "dis", "over", "non", "in", "im", "mis", "self")


@cache
def lines_of(name: str) -> tuple[str, ...]:
    """The lines of `lexicon/NAME.txt` that hold something."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and line[0] != "#")


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of `lexicon/NAME.txt`, however many a line holds."""
    return frozenset(word for line in lines_of(name) for word in line.split())


@cache
def phrases_of(name: str) -> tuple[str, ...]:
    """The phrases of `lexicon/NAME.txt`, separated by commas or line ends."""
    return tuple(filter(None, map(str.strip, ",".join(lines_of(name)).split(","))))


@cache
def files_of(folder: str) -> tuple[str, ...]:
    """The names by which the files in `lexicon/FOLDER` are read."""
    return tuple(f"{folder}/{path.stem}" for path in sorted((_FOLDER / folder).glob("*.txt")))


_known: dict[str, bool] = {}
_MOST_REMEMBERED = 50_000


def is_everyday(word: str) -> bool:
    """Whether a lower-case word, or what it is derived from, is everyday English."""
    known = _known.get(word)
    if known is None:
        known = _derives_from_everyday(word)
        if len(_known) < _MOST_REMEMBERED:
            _known[word] = known
    return known


def _derives_from_everyday(word: str) -> bool:
    everyday = words_of("everyday")
    if word in everyday:
        return True
    if "-" in word:
        return all(map(_derives_from_everyday, filter(None, word.split("-"))))
    for ending, lost in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)] + lost
            if stem in everyday or (stem[-1:] == stem[-2:-1] and stem[:-1] in everyday):
                return True
    return any(
        word.startswith(beginning) and word[len(beginning) :] in everyday
        for beginning in _BEGINNINGS
    )
