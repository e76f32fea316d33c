"""The texts of items, and what a question says beside its probe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.generation.drafts import texts
from shared.generation.spec import Source
from shared.ielts.models import Discussion, InterviewFrame, LongTurn
from shared.ielts.rulebook.reading import Reading
from tools.evaluation.published import Measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shared.ielts.models import CueCard, Part, Question
    from tools.evaluation.records import Record

_LONGEST_PROBE = 5


def judged(records: Sequence[Record], part: Part) -> list[Record]:
    """The items that the part's texts are measured on: the model's, or all where it has none."""
    of_part = [record for record in records if record.part is part]
    return [record for record in of_part if record.source is Source.MODEL] or of_part


def measured_texts(items: Iterable[Question]) -> dict[Measured, list[str]]:
    """The texts of the items by what they are; a kind of text that they lack is absent."""
    found: dict[Measured, list[str]] = {}
    for item in items:
        for measured, several in _texts_of(item).items():
            found.setdefault(measured, []).extend(several)
    return found


def _texts_of(item: Question) -> dict[Measured, list[str]]:
    match item:
        case InterviewFrame():
            return {Measured.INTERVIEW_QUESTION: texts(item)}
        case Discussion():
            return {Measured.DISCUSSION_QUESTION: texts(item)}
        case LongTurn(cue_card=card):
            return {
                Measured.DESCRIBE: [card.describe],
                Measured.BULLET: list(card.bullets),
                Measured.CLOSING: [card.closing],
                Measured.CARD: [_whole(card)],
            }


def _whole(card: CueCard) -> str:
    return "\n".join([card.describe, *card.bullets, card.closing])


def without_probe(text: str) -> str:
    """The question without "[Why?]", or a second question of at most five words, at its end.

    After a statement ("Some people say ... Do you agree?") such a question is the first, not a
    second one.
    """
    body = Reading(text).body
    *before, last = Reading(body).sentences or [""]
    asked_before = any(sentence.endswith("?") for sentence in before)
    if asked_before and last.endswith("?") and len(Reading(last).words) <= _LONGEST_PROBE:
        return body[: len(body) - len(last)].rstrip()
    return body


def has_probe(text: str) -> bool:
    """Whether the question ends in a probe."""
    return without_probe(text) != Reading(text).plain


def words(text: str) -> list[str]:
    """The words in lower case, the probe aside."""
    return Reading(without_probe(text)).words


def questions_asked(text: str) -> int:
    """How many full questions there are, the probe aside."""
    return sum(sentence.endswith("?") for sentence in Reading(without_probe(text)).sentences)
