"""The word lists in `lexicon/`, read once. In each file a line that begins with # is a comment."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "lexicon"
_ENDINGS = (
    ("'s", ""), ("s'", "s"), ("ies", "y"), ("ied", "y"), ("ier", "y"), ("iest", "y"), ("ily", "y"),
    ("es", ""), ("es", "e"), ("s", ""), ("ed", ""), ("ed", "e"), ("d", ""), ("ing", ""), ("ing", "e"),
    ("er", ""), ("er", "e"), ("est", ""), ("est", "e"), ("ly", ""), ("ness", ""), ("less", ""),
    ("ful", ""), ("able", ""), ("able", "e"), ("ment", ""), ("ation", "e"), ("ation", ""),
    ("ion", ""), ("ion", "e"), ("ise", ""), ("ity", ""), ("ity", "e"), ("al", ""), ("y", ""),
)  # fmt: skip
_BEGINNINGS = ("un", "re", "dis", "over", "non", "in", "im", "mis", "self")


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of `lexicon/NAME.txt`, however many a line holds."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if line[:1] != "#" for word in line.split())


@cache
def phrases_of(name: str) -> tuple[str, ...]:
    """The phrases of `lexicon/NAME.txt`, separated by commas or line ends."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    entries = (entry.strip() for line in lines if line[:1] != "#" for entry in line.split(","))
    return tuple(entry for entry in entries if entry)


_known: dict[str, bool] = {}


def is_everyday(word: str) -> bool:
    """Whether a lower-case word, or what it is derived from, is everyday English."""
    known = _known.get(word)
    if known is None:
        known = _derives_from_everyday(word)
        if len(_known) < 50_000:  # noqa: PLR2004 - a bound on what strange input can fill
            _known[word] = known
    return known


def _derives_from_everyday(word: str) -> bool:
    everyday = words_of("everyday")
    if word in everyday:
        return True
    if "-" in word:
        return all(map(_derives_from_everyday, filter(None, word.split("-"))))
    for ending, replacement in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)] + replacement
            if stem in everyday or (stem[-1:] == stem[-2:-1] and stem[:-1] in everyday):
                return True
    return any(
        word.startswith(beginning) and word[len(beginning) :] in everyday
        for beginning in _BEGINNINGS
    )
