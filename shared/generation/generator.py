"""Choose the topic, ask the model, check and mend, or take the bank's item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.errors import ContentFiltered, Unavailable
from shared.generation.choosing import choose
from shared.generation.drafts import texts
from shared.generation.ports import PromptRefused
from shared.generation.spec import Generated, Source
from shared.generation.together import together
from shared.generation.writing import Writing
from shared.ielts.likeness import near_duplicate

if TYPE_CHECKING:
    from random import Random

    from shared.deadline import Deadline
    from shared.generation.choosing import Choice
    from shared.generation.ports import QuestionModel
    from shared.generation.spec import Spec


class QuestionGenerator:
    """The use case.

    Args:
        model: what writes the questions; None for the bank alone.
        bank_answers: whether the bank stands in for a model that gave nothing to deliver.

    """

    def __init__(self, model: QuestionModel | None, *, bank_answers: bool = True) -> None:
        self._model = model
        self._bank_answers = bank_answers

    async def generate(
        self, spec: Spec, deadline: Deadline, random: Random, count: int = 1
    ) -> list[Generated]:
        """So many different items, asked for at the same time.

        Raises:
            ContentFiltered: the model's content filter refused the topic.
            Unavailable: the model gave nothing to deliver, and the bank may not stand in.

        """
        choices = choose(spec, count, random)
        items = await together(self.write(choice, spec, deadline) for choice in choices)
        return [
            item if not _twin(item, items[:position]) else from_bank(choices[position], spec)
            for position, item in enumerate(items)
        ]

    async def write(self, choice: Choice, spec: Spec, deadline: Deadline) -> Generated:
        """The item for one choice, by the model or else by the bank. Raises as `generate` does."""
        if self._model is None:
            return from_bank(choice, spec)
        writing = Writing(self._model, spec, choice, deadline)
        try:
            await writing.write()
        except PromptRefused:
            if spec.topic is not None:
                raise ContentFiltered from None
            writing.reason = "content_filter"
        if writing.item is not None:
            return Generated.of(writing.item, Source.MODEL, writing)
        if not self._bank_answers:
            raise Unavailable(
                "The question model cannot answer at the moment. Try again shortly.",
                retry_after=writing.retry_after or 5.0,
            )
        return from_bank(choice, spec, writing)


def from_bank(choice: Choice, spec: Spec, writing: Writing | None = None) -> Generated:
    """The bank's item for the choice; `writing` is what the model was asked before."""
    item = choice.entry.item(spec.part)
    return Generated.of(item, Source.BANK, writing, topic_matched=choice.matched)


def _twin(item: Generated, earlier: list[Generated]) -> bool:
    """Whether a model's item asks what an earlier one asks already."""
    asked = [text for other in earlier for text in texts(other.item)]
    return item.source is Source.MODEL and any(
        near_duplicate(text, asked) for text in texts(item.item)
    )
