"""The order of words: a text as a string of word classes, and what never stands in one."""

from __future__ import annotations

from operator import add
from typing import TYPE_CHECKING

from shared.ielts.rulebook.lexicon import lines_of, words_of
from shared.ielts.rulebook.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

_ANY, _BREAK = "x", "."
_MARKS = ("?", ",", ".", ";", ":", "!", '"', "(", ")", "[", "]", "\u2026")
_CLASS_OF = {
    word: line[0] for line in lines_of("word_classes") for word in line[1:].split()
} | dict.fromkeys([_BREAK, "-", "--", "\u2013", "\u2014", "'"], _BREAK)

# The letters stand for the classes in `lexicon/word_classes.txt`.
_IMPOSSIBLE = pattern(
    "d[yptDBHinosedlw]"  # "the you", "your with", "a does", "my the"
    "|(?<![ny]v)t[BM]|t[tn]"  # "to is", "to can", "to they", yet "the place you go to is"
    "|M[tMB]|H[MB]|B[HM]|(?<![ynNx])[DB][DB]"  # "can to", "have would", "is have", "do is"
    "|(?<![ynNxvK])p[DBMHve]|(?<![ynNxt][xvK])(?<=[vK])p[DBMHve]"  # "of do", "for become"
    "|[.wW]D[vK]"  # "what do make"
    "|(?<![BH])n[dN]|nn|ny|yy"  # "gave they the", "they people"
    "|e[MDBnve]|De"  # "be can", "be become", "does be"
    "|s[BMKv]"  # "if is", "because learn"
    r"|^\.(?:[DHM][ptlcvKe]|B[vMDHe])"  # "Have since then", "Would to"
    r"|s\.$|w[^.]+[DM][kj]?N\.$"  # "go whether", "what might technology"
)
_UNLIKELY = words_of("unlikely_pairs")
# one of these pairs is in all that is impossible, but for nouns at the very end
_SUSPECT = _UNLIKELY.union(
    first + second
    for firsts, seconds in (
        ("d", "yptDBHinosedlw"),
        ("tM", "MBtn"),
        ("HBDM", "BHDMptlcvKe"),
        ("pe", "DBMHnve"),
        ("n", "dNny"),
        ("y", "y"),
        ("s", "BMKv."),
    )
    for first in firsts
    for second in seconds
)
_FIRST = words_of("first_words")
# "in books do", "to want", "of like": a preposition before a question word, or a noun phrase
_LED_ASTRAY = pattern(r"\.[plt](?!.{0,4}[wW])[vKDBHMniyoe]|\.[tp](?![^.]{0,4}[wW]|[dkjNx])")


def starts_astray(words: Sequence[str], classes: str) -> bool:
    """Whether a question of one clause begins as none does: "hair ever would you".

    Of 3,000 real ones without a comma none does.
    """
    first = words[0]
    return (first not in _FIRST and not first.endswith("ly")) or bool(_LED_ASTRAY.match(classes))


def classes_of(lower: str) -> str:
    """One letter a word of a lower-case text, and a full stop at each break and at the ends."""
    for mark in _MARKS:
        if mark in lower:
            lower = lower.replace(mark, " . ")
    if " a must" in lower:  # a noun here: "music is a must at a party"
        lower = lower.replace(" a must ", " a need ")
    return f".{''.join([_CLASS_OF.get(word, _ANY) for word in lower.split()])}."


def disorder(classes: str) -> tuple[int, bool]:
    """How many neighbours seldom stand together, and whether some never do."""
    if _SUSPECT.isdisjoint(map(add, classes, classes[1:])) and not classes.endswith("N."):
        return 0, False  # as most
    unlikely = sum(map(_UNLIKELY.__contains__, map(add, classes, classes[1:])))
    return unlikely, _IMPOSSIBLE.search(classes) is not None
