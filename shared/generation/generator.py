"""Choose the topic, ask the model, check and mend, or take an item of library or bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.errors import ContentFiltered, Unavailable
from shared.generation.choosing import choose, choose_stocked
from shared.generation.drafts import texts
from shared.generation.from_library import from_library
from shared.generation.ports import NO_MEMORY, PromptRefused
from shared.generation.spec import Generated, Source
from shared.generation.together import together
from shared.generation.writing import Writing
from shared.ielts.likeness import near_duplicate
from shared.ielts.models import PracticeDifficulty

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from shared.deadline import Deadline
    from shared.errors import ApiError
    from shared.generation.choosing import Choice
    from shared.generation.ports import Memory, QuestionModel
    from shared.generation.spec import Spec


class QuestionGenerator:
    """The use case.

    Args:
        model: what writes the questions; None for the bank alone.
        bank_answers: whether library and bank stand in for a model that gave nothing to deliver.
        library_first: whether an item of the library is preferred to a new one.

    """

    def __init__(
        self,
        model: QuestionModel | None,
        *,
        bank_answers: bool = True,
        library_first: bool = False,
    ) -> None:
        self._model = model
        self._bank_answers = bank_answers
        self._library_first = library_first

    async def generate(
        self,
        spec: Spec,
        deadline: Deadline,
        random: Random,
        count: int = 1,
        memory: Memory = NO_MEMORY,
    ) -> list[Generated]:
        """So many different items, asked for at the same time; new ones for this candidate.

        Raises:
            ContentFiltered: the model's content filter refused the topic.
            Unavailable: the model gave nothing to deliver, and the bank may not stand in.

        """
        choices = await self._choose(spec, count, random, memory)
        items = await together(self.write(choice, spec, deadline, memory) for choice in choices)
        return await self.without_twins(items, spec, random, memory)

    async def write(
        self, choice: Choice, spec: Spec, deadline: Deadline, memory: Memory = NO_MEMORY
    ) -> Generated:
        """The item for one choice, by the model or else by the bank. Raises as `generate` does."""
        if self._library_first and (kept := await from_library(choice, spec, memory)):
            return kept
        if self._model is None:
            return from_bank(choice, spec)
        writing = Writing(self._model, spec, choice, deadline, memory)
        try:
            await writing.write()
        except PromptRefused:
            if spec.topic is not None:
                raise _failed(writing, ContentFiltered()) from None
        if writing.item is not None:
            return Generated.of(writing.item, Source.MODEL, writing)
        if not self._bank_answers:
            raise _unavailable(writing, writing.retry_after)
        return await from_library(choice, spec, memory, writing) or from_bank(choice, spec, writing)

    async def without_twins(
        self,
        items: Sequence[Generated],
        spec: Spec,
        random: Random,
        memory: Memory,
    ) -> list[Generated]:
        """The items; the bank's, unlike all others, for each that asks what an earlier one asks.

        Raises:
            Unavailable: there is one, and the bank may not stand in.

        """
        kept = list(items)
        for position, item in enumerate(items):
            if _twin(item, kept[:position]):
                others = (*kept[:position], *kept[position + 1 :])
                asked = (text for other in others for text in texts(other.item))
                unlike = spec._replace(avoid=(*spec.avoid, *asked))
                [choice] = await self._choose(unlike, 1, random, memory)
                kept[position] = self.instead(item, choice, spec, "twin")
        return kept

    def instead(self, item: Generated, choice: Choice, spec: Spec, reason: str) -> Generated:
        """The bank's item for one that is not to be delivered, with what was spent on that.

        Raises:
            Unavailable: the bank may not stand in.

        """
        if item.source is not Source.BANK:
            item = item._replace(reason=reason)
        if self._model is not None and not self._bank_answers:
            raise _unavailable(item)
        return from_bank(choice, spec)._replace(
            usage=item.usage,
            effort=item.effort,
            repairs=item.repairs,
            broken_rules=item.broken_rules,
            reason=item.reason,
        )

    async def _choose(self, spec: Spec, count: int, random: Random, memory: Memory) -> list[Choice]:
        past = await memory.practised(spec.part)
        if self._library_first and spec.topic is None:
            difficulty = spec.difficulty or PracticeDifficulty.STANDARD
            topics = await memory.library_topics(spec.part, difficulty)
            return choose_stocked(spec, topics, count, random, past)
        return choose(spec, count, random, past)


def from_bank(choice: Choice, spec: Spec, writing: Writing | None = None) -> Generated:
    """The bank's item for the choice; `writing` is what the model was asked before."""
    item = choice.entry.item(spec.part)
    return Generated.of(item, Source.BANK, writing, topic_matched=choice.matched)


def _unavailable(spent: Writing | Generated, retry_after: float | None = None) -> ApiError:
    sentence = "The question model cannot answer at the moment. Try again shortly."
    return _failed(spent, Unavailable(sentence, retry_after=retry_after or 5.0))


def _failed(spent: Writing | Generated, error: ApiError) -> ApiError:
    """The error, with what was done before it: for the log line, which has no item to say it of."""
    error.facts = {
        "model": spent.model,
        "deployment": spent.effort.deployment,
        "attempts": spent.effort.attempts,
        "wait_ms": round(spent.effort.wait_ms, 1),
        "tokens": spent.usage.total_tokens if spent.usage else None,
        "repairs": spent.repairs,
        "findings": ",".join(sorted(set(spent.broken_rules))) or None,
        "bank_reason": spent.reason,
    }
    return error


def _twin(item: Generated, earlier: Sequence[Generated]) -> bool:
    """Whether an item asks what an earlier one asks already; the bank's own are all different."""
    asked = [
        text
        for other in earlier
        if not item.source is other.source is Source.BANK
        for text in texts(other.item)
    ]
    return bool(asked) and any(near_duplicate(text, asked) for text in texts(item.item))
