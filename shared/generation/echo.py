"""Whether a model says what it was told instead of doing it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shared.generation.lines import lines_of
from shared.generation.prompts import instructions
from shared.ielts.likeness import content_words
from shared.ielts.models import Part
from shared.ielts.rules import Finding, Severity

if TYPE_CHECKING:
    from shared.ielts.models import Question

_LEAST_WORDS = 6
_SHARE = 0.8
"""Of a text's words that carry its subject, so many are the instructions'. Of 8,000 real questions
and lines of that many words, none has more than three quarters."""


def echoes(item: Question) -> list[Finding]:
    """Texts that speak of what the instructions speak of, in whatever order and form."""
    return [
        Finding(
            "echoed-instructions",
            Severity.REJECT,
            f"{text!r} is about how questions are written. Ask about the topic only.",
        )
        for text in lines_of(item)
        if _is_echo(text)
    ]


def _is_echo(text: str) -> bool:
    words = content_words(text)
    return len(words) >= _LEAST_WORDS and len(words & _told()) >= _SHARE * len(words)


@cache
def _told() -> frozenset[str]:
    return frozenset[str]().union(*(content_words(instructions(part)) for part in Part))
