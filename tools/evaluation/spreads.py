"""The labels by which texts spread: first words, kinds, how the lines of a card begin."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from shared.ielts.models import Part
from tools.evaluation.kinds import kinds_of
from tools.evaluation.published import (
    BULLET_STARTS,
    CLOSINGS,
    DESCRIBES,
    FIRST_WORDS,
    KINDS,
    Measured,
)
from tools.evaluation.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CLOSING = re.compile(r"^and \w+ (why|how|what|whether)\b")


def first_word(text: str) -> set[str]:
    """The word that a question or a bullet begins with; contractions by their verb ("what's")."""
    return {word.partition("'")[0] for word in words(text)[:1]}


def described(text: str) -> set[str]:
    """The word after "Describe"."""
    return set(words(text)[1:2])


def closing_word(text: str) -> set[str]:
    """The word after "and explain", or after another such verb; none where it begins otherwise."""
    found = _CLOSING.match(text.lower())
    return {found[1] if found else ""}


LABELLED_BY: Mapping[tuple[Part, str], tuple[Measured, Callable[[str], set[str]]]] = {
    (Part.INTERVIEW, FIRST_WORDS): (Measured.INTERVIEW_QUESTION, first_word),
    (Part.INTERVIEW, KINDS): (
        Measured.INTERVIEW_QUESTION,
        partial(kinds_of, part=Part.INTERVIEW),
    ),
    (Part.LONG_TURN, DESCRIBES): (Measured.DESCRIBE, described),
    (Part.LONG_TURN, BULLET_STARTS): (Measured.BULLET, first_word),
    (Part.LONG_TURN, CLOSINGS): (Measured.CLOSING, closing_word),
    (Part.DISCUSSION, FIRST_WORDS): (Measured.DISCUSSION_QUESTION, first_word),
    (Part.DISCUSSION, KINDS): (
        Measured.DISCUSSION_QUESTION,
        partial(kinds_of, part=Part.DISCUSSION),
    ),
}
"""Which texts a spread looks at, and the labels of one of them."""
