"""What one question shows of the signs that tell published questions from machine-written ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tools.evaluation import published
from tools.evaluation.texts import has_probe, questions_asked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LONG = re.compile(r"[a-z]{10,}", re.IGNORECASE)
_YOU = re.compile(r"\byou(?:r|rs|rself)?\b", re.IGNORECASE)
_SET_ASIDE = re.compile(r"\b(?:do|would) you think\b|\byour country\b", re.IGNORECASE)


def long_words(text: str) -> int:
    """How many words of ten letters or more there are."""
    return len(_LONG.findall(text))


def _says(wording: str) -> Callable[[str], bool]:
    pattern = re.compile(rf"\b{wording}\b", re.IGNORECASE)
    return lambda text: pattern.search(text) is not None


def _personal(text: str) -> bool:
    """Whether the candidate is asked for, "do you think" and "your country" set aside."""
    return _YOU.search(_SET_ASIDE.sub("", text)) is not None


SHOWN_BY: Mapping[str, Callable[[str], bool]] = {
    published.YOU: lambda text: _YOU.search(text) is not None,
    published.PROBE: has_probe,
    published.SECOND_QUESTION: lambda text: questions_asked(text) > 1,
    published.PERSONAL: _personal,
    published.TO_WHAT_EXTENT: _says("to what extent"),
    published.ROLE: _says("roles?"),
    published.SOCIETY: _says("(?:society|societies)"),
}
