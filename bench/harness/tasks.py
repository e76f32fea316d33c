"""What our app asks the model, so that every peer can ask the same."""

from __future__ import annotations

import asyncio
import random
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from shared.deadline import Deadline
from shared.generation.generator import QuestionGenerator
from shared.generation.ports import ModelUnavailable, Task
from shared.generation.spec import Spec
from shared.ielts.models import Part

if TYPE_CHECKING:
    from shared.generation.ports import ModelAnswer


class _Recorder:
    """A model that takes note of what it is asked and answers nothing."""

    def __init__(self) -> None:
        self.tasks: list[Task] = []

    async def answer(self, task: Task, deadline: Deadline) -> ModelAnswer:
        del deadline
        self.tasks.append(task)
        raise ModelUnavailable("recording")


def task_for(part: int, topic: str) -> Task:
    """The first request that the model gets for an item."""
    recorder = _Recorder()
    generator = QuestionGenerator(recorder)
    asking = generator.generate(Spec(Part(part), topic), Deadline(60), random.Random(1))
    with ThreadPoolExecutor(1) as elsewhere:  # the caller's own loop may be running
        elsewhere.submit(asyncio.run, asking).result()
    return recorder.tasks[0]


def long_turn_request() -> dict[str, object]:
    """The request for a long turn without its topic, in the SDK's terms."""
    task = task_for(2, "a journey")
    return {
        "system": task.messages[0].content,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": task.name, "strict": True, "schema": dict(task.schema)},
        },
        "max_completion_tokens": task.max_output_tokens,
    }
