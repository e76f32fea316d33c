"""What is asked of the use case, and what it gives back."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from shared.generation.ports import Effort

if TYPE_CHECKING:
    from shared.generation.ports import Usage
    from shared.generation.writing import Writing
    from shared.ielts.models import Part, PracticeDifficulty, Question


class Source(StrEnum):
    """Where an item came from."""

    MODEL = "model"
    LIBRARY = "library"
    BANK = "bank"


class Spec(NamedTuple):
    """One item to be made.

    Attributes:
        topic: normalised and found suitable; None for one from the catalogue.
        avoid: topics and questions that the item must not come close to.

    """

    part: Part
    topic: str | None = None
    avoid: tuple[str, ...] = ()
    difficulty: PracticeDifficulty | None = None


class Generated(NamedTuple):
    """One item, and how it came about.

    Attributes:
        topic_matched: False where the topic asked for was not to be had from the bank.
        model: name of the model that wrote it now; None for an item of the library or the bank.
        usage: tokens spent on it, also where another answered in the end; None if none were.
        effort: upstream requests made for it.
        repairs: repair requests among them.
        broken_rules: names of the rules that the model's drafts broke.
        reason: why the model's answer is not this one; None where it is, or where none was asked.

    """

    item: Question
    source: Source
    topic_matched: bool = True
    model: str | None = None
    usage: Usage | None = None
    effort: Effort = Effort()
    repairs: int = 0
    broken_rules: tuple[str, ...] = ()
    reason: str | None = None

    @classmethod
    def of(
        cls, item: Question, source: Source, writing: Writing | None, *, topic_matched: bool = True
    ) -> Generated:
        """The item to deliver, with what was spent on the model for it."""
        if writing is None:
            return cls(item, source, topic_matched)
        return cls(
            item,
            source,
            topic_matched,
            writing.model if source is Source.MODEL else None,
            writing.usage,
            writing.effort,
            writing.repairs,
            tuple(writing.broken_rules),
            writing.reason,
        )
