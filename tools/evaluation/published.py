"""What published Speaking questions look like, in figures.

Source: measured for this project on 64 officially published Speaking tests (255 Part 1 questions,
64 cue cards with 192 bullets, 381 Part 3 questions); the questions themselves are not part of it.
Lengths leave probes aside.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from shared.ielts.models import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCE = "64 officially published Speaking tests"

INTERVIEW_QUESTIONS = 255
CARDS = 64
BULLETS = 192
DISCUSSION_QUESTIONS = 381

OTHER = "other"
"""The label for whatever an exclusive spread does not name."""


class Measured(StrEnum):
    """The texts whose length is measured."""

    INTERVIEW_QUESTION = "Part 1 question"
    DESCRIBE = "Describe line"
    BULLET = "Bullet"
    CLOSING = "Closing line"
    CARD = "Whole card"
    DISCUSSION_QUESTION = "Part 3 question"


PERCENTILES: Mapping[str, float] = {
    "min": 0,
    "p5": 5,
    "p25": 25,
    "p50": 50,
    "p75": 75,
    "p95": 95,
    "p99": 99,
    "max": 100,
}


@dataclass(frozen=True, slots=True)
class Lengths:
    """Lengths in words of `sample` texts; `words` follows the order of PERCENTILES."""

    sample: int
    words: tuple[int, int, int, int, int, int, int, int]

    def __getitem__(self, percentile: str) -> int:
        """The length at "min", "p5", ... "max"."""
        return self.words[list(PERCENTILES).index(percentile)]


LENGTHS: Mapping[Part, Mapping[Measured, Lengths]] = {
    Part.INTERVIEW: {
        Measured.INTERVIEW_QUESTION: Lengths(INTERVIEW_QUESTIONS, (4, 6, 8, 10, 11, 15, 18, 20)),
    },
    Part.LONG_TURN: {
        Measured.DESCRIBE: Lengths(CARDS, (5, 6, 9, 11, 13, 18, 18, 19)),
        Measured.BULLET: Lengths(BULLETS, (3, 4, 5, 6, 7, 10, 11, 13)),
        Measured.CLOSING: Lengths(CARDS, (6, 7, 8, 10, 12, 14, 16, 17)),
        Measured.CARD: Lengths(CARDS, (27, 31, 35, 39, 43, 48, 53, 59)),
    },
    Part.DISCUSSION: {
        Measured.DISCUSSION_QUESTION: Lengths(DISCUSSION_QUESTIONS, (6, 9, 11, 13, 16, 22, 26, 35)),
    },
}


@dataclass(frozen=True, slots=True)
class Spread:
    """How `sample` published texts spread over labels, as shares of one.

    Attributes:
        exclusive: each text has one label; what `shares` leaves over is OTHER. Otherwise the
            labels overlap.

    """

    sample: int
    shares: Mapping[str, float]
    exclusive: bool = True

    @property
    def labels(self) -> dict[str, float]:
        """Label to share, with OTHER at the end of an exclusive spread."""
        if not self.exclusive:
            return dict(self.shares)
        return {**self.shares, OTHER: round(1 - sum(self.shares.values()), 3)}


FIRST_WORDS, KINDS = "First words", "Kinds of question"
DESCRIBES, BULLET_STARTS, CLOSINGS = "Describe ...", "Bullets begin", "and explain ..."

SPREADS: Mapping[Part, Mapping[str, Spread]] = {
    Part.INTERVIEW: {
        FIRST_WORDS: Spread(
            INTERVIEW_QUESTIONS,
            {"do": 0.23, "what": 0.20, "how": 0.19, "have": 0.05, "did": 0.04, "when": 0.04}
            | {"is": 0.04, "are": 0.04, "which": 0.03, "would": 0.03},
        ),
        KINDS: Spread(
            INTERVIEW_QUESTIONS,
            {"like or prefer": 0.27, "past experience": 0.18, "opinion or importance": 0.18}
            | {"habit": 0.15, "fact": 0.15, "hypothetical or future": 0.14, "tell me about": 0.02},
            exclusive=False,
        ),
    },
    Part.LONG_TURN: {
        DESCRIBES: Spread(CARDS, {"a": 0.70, "an": 0.13, "something": 0.06, "someone": 0.05}),
        BULLET_STARTS: Spread(
            BULLETS,
            {"what": 0.44, "who": 0.14, "how": 0.12, "where": 0.11, "why": 0.10, "when": 0.06},
        ),
        CLOSINGS: Spread(CARDS, {"why": 0.59, "how": 0.19, "what": 0.13, "whether": 0.08}),
    },
    Part.DISCUSSION: {
        FIRST_WORDS: Spread(
            DISCUSSION_QUESTIONS,
            {"what": 0.26, "do": 0.24, "how": 0.16, "why": 0.13, "in": 0.03, "which": 0.02}
            | {"are": 0.02, "some": 0.02},
        ),
        KINDS: Spread(
            DISCUSSION_QUESTIONS,
            {"opinion": 0.42, "description": 0.29, "evaluation": 0.26, "comparison": 0.23}
            | {"cause": 0.16, "hypothetical": 0.10, "solution": 0.09, "agreeing with a view": 0.08}
            | {"prediction": 0.06, "past and present": 0.04},
            exclusive=False,
        ),
    },
}


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that tells published questions from machine-written ones.

    Attributes:
        value: the published figure: a share, or words a question for LONG_WORDS.
        machine: what machine-written sets were found to have, in words; "" where not measured.

    """

    sample: int
    value: float
    machine: str = ""


PROBE, SECOND_QUESTION = "a probe at the end", "a second full question"
PERSONAL = "the candidate as their subject"
YOU, LONG_WORDS = "“you” or “your”", "words of 10+ letters (number a question)"
TO_WHAT_EXTENT, ROLE, SOCIETY = "“to what extent”", "“role”", "“society”"

SIGNS: Mapping[Part, Mapping[str, Sign]] = {
    Part.INTERVIEW: {
        YOU: Sign(INTERVIEW_QUESTIONS, 0.98),
        PROBE: Sign(INTERVIEW_QUESTIONS, 0.71),
    },
    Part.LONG_TURN: {},
    Part.DISCUSSION: {
        LONG_WORDS: Sign(DISCUSSION_QUESTIONS, 0.50, "1.2 to 2.1"),
        TO_WHAT_EXTENT: Sign(DISCUSSION_QUESTIONS, 0.003, "up to 11 %"),
        ROLE: Sign(DISCUSSION_QUESTIONS, 0.003, "5 to 7 %"),
        SOCIETY: Sign(DISCUSSION_QUESTIONS, 0.026, "7 to 9 %"),
        PERSONAL: Sign(DISCUSSION_QUESTIONS, 0.055),
        PROBE: Sign(DISCUSSION_QUESTIONS, 0.16),
        SECOND_QUESTION: Sign(DISCUSSION_QUESTIONS, 0.066),
    },
}
