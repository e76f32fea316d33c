"""Rule on words that together lead to what embarrasses or upsets a candidate.

"Which of your relatives did you disown?" names no subject that the exam keeps away from, and most
of its words are in fair questions too. But fair questions seldom have two such words, let alone
from two fields of trouble: of 6,700 real questions and cards hardly any weighs enough.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shared.ielts.rulebook.lexicon import lines_of
from shared.ielts.rulebook.reading import Reading
from shared.ielts.rulebook.registry import Severity, Slot, declare
from shared.ielts.rulebook.vocabulary import without_everyday_uses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shared.ielts.rulebook.registry import Finding

_ENOUGH = 3
_FIELDS_ENOUGH_TO_ASK_YOU = 2
_NO_TROUBLE_OF_YOURS = frozenset({"person", "telling"})
"""Fields whose words are in many fair questions to the candidate: "your brother", "never"."""


@cache
def _weights() -> dict[str, tuple[str, int]]:
    """The field of each word, and how much it weighs there."""
    weights = {}
    for line in lines_of("troubling"):
        label, _, words = line.partition(": ")
        field, _, weight = label.partition(" ")
        weights.update(dict.fromkeys(words.split(), (field, int(weight))))
    return weights


@cache
def _troubling() -> frozenset[str]:
    return frozenset(_weights())


def _weigh_enough(words: frozenset[str], *, in_question: bool) -> bool:
    """Whether there are several such words; of each field the heaviest counts.

    In a question to the candidate slight ones from two fields do: "Were you afraid of the doctor?"
    """
    found = _troubling() & words
    if len(found) < 2:  # noqa: PLR2004 - several
        return False
    weights = dict(sorted(map(_weights().__getitem__, found)))
    if sum(weights.values()) >= _ENOUGH:
        return True
    trouble = weights.keys() - _NO_TROUBLE_OF_YOURS
    return (
        in_question
        and "you" in words
        and "harmless" not in weights
        and len(trouble) >= _FIELDS_ENOUGH_TO_ASK_YOU
    )


def _reason(texts: Sequence[Reading], *, in_question: bool = False) -> str | None:
    words = frozenset[str]().union(*(text.vocabulary for text in texts))
    if not _weigh_enough(words, in_question=in_question):
        return None
    rest = Reading(without_everyday_uses(" ".join(text.lower for text in texts)))
    if not _weigh_enough(rest.vocabulary, in_question=in_question):
        return None
    found = ", ".join(sorted(rest.vocabulary & _troubling()))
    return f"Together these words can embarrass or upset: {found}. Choose another subject."


TROUBLING = declare(
    "troubling-words",
    Severity.REJECT,
    "Words that together lead to grief, shame, force, want or another subject to keep away from.",
    slots={Slot.INTERVIEW, Slot.DISCUSSION, Slot.ROUNDING_OFF, Slot.TOPIC},
    find=lambda text: _reason([text], in_question=True),
)


def troubling_card(lines: Sequence[Reading]) -> Iterator[Finding]:
    """A card whose lines have such words together."""
    if reason := _reason(lines):
        yield TROUBLING.finding(reason)
