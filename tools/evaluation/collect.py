"""Run the generator: so many items of each part, on topics of the catalogue, a few at a time."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

from shared.deadline import Deadline
from shared.generation.choosing import choose
from shared.generation.generator import QuestionGenerator
from shared.generation.ports import Usage
from shared.generation.spec import Generated, Spec
from shared.generation.together import together
from shared.ielts.bank.matching import entries
from shared.ielts.models import Part
from tools.evaluation.records import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shared.generation.choosing import Choice
    from shared.worker import Worker
    from tools.evaluation.progress import Progress


@dataclass(frozen=True, slots=True)
class Plan:
    """What to collect.

    Attributes:
        items_per_part: topics come up again once the catalogue is through; the bank alone gives
            no item twice, so fewer where it has no more.
        seed: of the choice of topics.
        concurrency: items being written at the same time, at most.

    """

    items_per_part: int
    seed: int
    concurrency: int

    def choices(self, part: Part, *, bank_alone: bool) -> list[Choice]:
        """The topics to write on, in order."""
        wanted = min(self.items_per_part, len(entries(part))) if bank_alone else self.items_per_part
        return list(islice(self._topics(part), wanted))

    def _topics(self, part: Part) -> Iterator[Choice]:
        random = Random(self.seed)  # noqa: S311 - chooses topics, guards nothing
        while True:
            yield from choose(Spec(part), len(entries(part)), random)


async def collect(worker: Worker, plan: Plan, begin: Callable[[int], Progress]) -> list[Record]:
    """The items of all parts, in order of part and choice.

    Whatever happens to the model, the bank answers, so every choice has its record.

    Args:
        worker: its model is asked, and closed afterwards.
        plan: what to collect.
        begin: gets the number of items, gives what is told of each one done.

    """
    model = worker.model
    work = [
        (Spec(part), choice)
        for part in Part
        for choice in plan.choices(part, bank_alone=model is None)
    ]
    progress = begin(len(work))
    generator = QuestionGenerator(model)
    gate = asyncio.Semaphore(plan.concurrency)

    async def write(spec: Spec, choice: Choice) -> Record:
        async with gate:
            began = time.perf_counter()
            deadline = Deadline(worker.settings.generation_deadline_seconds)
            generated = await generator.write(choice, spec, deadline)
            seconds = time.perf_counter() - began
        progress.advance()
        return _record(generated, seconds)

    try:
        if model is not None:
            await model.warm_up()  # no item's latency is that of an import
        return await together(write(spec, choice) for spec, choice in work)
    finally:
        if model is not None:
            await model.aclose()


def _record(generated: Generated, seconds: float) -> Record:
    usage = generated.usage or Usage()
    return Record(
        item=generated.item,
        source=generated.source,
        model=generated.model,
        repairs=generated.repairs,
        broken_rules=generated.broken_rules,
        reason=generated.reason,
        requests=generated.effort.attempts,
        prompt_tokens=usage.prompt_tokens,
        completion_tokens=usage.completion_tokens,
        latency_ms=round(seconds * 1000, 1),
    )
