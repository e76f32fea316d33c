"""How the words of a text begin: by that, wordings are looked up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LETTERS = 7
"""So many of a word's characters are looked up; of a shorter word, all."""
FEW_LETTERS = 4
"""So many are where an expression does not tell that many."""
ANY_NUMBER = "0*"
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
    beginnings = [word[:LETTERS] for word in words]
    beginnings += [word[:FEW_LETTERS] for word in beginnings if len(word) > FEW_LETTERS]
    if not "".join(beginnings).isalpha():
        beginnings.append(ANY_NUMBER)
    return frozenset(beginnings)
