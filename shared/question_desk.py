"""The use cases as the endpoints call them: a validated request in, an answer out.

Imported at first use: the rules, the bank and the matching behind it are not needed for indexing.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from shared import presenting
from shared.deadline import Deadline
from shared.generation.mock_test import write_mock_test
from shared.generation.spec import Spec
from shared.generation.suitability import suitable_topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel

    from shared.contract import Catalogue, QuestionRequest, TestRequest
    from shared.generation.generator import QuestionGenerator
    from shared.generation.spec import Generated


@dataclass(frozen=True, slots=True)
class Answer:
    """What an endpoint answers with.

    Attributes:
        data: for everybody.
        meta: for everybody, too.
        effort: what it took: for the log line, and for admins.

    """

    data: BaseModel
    meta: dict[str, Any]
    effort: dict[str, Any]

    @property
    def logged(self) -> dict[str, Any]:
        """The part of `meta` that the log line carries; never a topic."""
        return presenting.logged(self.meta)


class QuestionDesk:
    """Where requests for questions are dealt with.

    Args:
        generator: writes the items.
        deadline_seconds: all the time that one request may take.

    """

    def __init__(self, generator: QuestionGenerator, deadline_seconds: float) -> None:
        self._generator = generator
        self._deadline_seconds = deadline_seconds

    async def question(self, asked: QuestionRequest) -> Answer:
        """One item or several.

        Raises:
            UnsuitableTopic: the exam avoids the topic.
            ContentFiltered: the model's content filter refused it.
            Unavailable: the model did not answer, and the bank may not.

        """
        topic = suitable_topic(asked.topic)
        items = await self._generator.generate(
            Spec(asked.part, topic, asked.avoid, asked.practice_difficulty),
            Deadline(self._deadline_seconds),
            _random(asked.seed),
            asked.count,
        )
        return _answer(presenting.question_data(items), items, topic)

    async def mock_test(self, asked: TestRequest) -> Answer:
        """A whole test. Raises as `question` does."""
        topic = suitable_topic(asked.topic)
        test = await write_mock_test(
            self._generator,
            Deadline(self._deadline_seconds),
            _random(asked.seed),
            topic=topic,
            avoid=asked.avoid,
            difficulty=asked.practice_difficulty,
        )
        return _answer(presenting.test_data(str(uuid.uuid4()), test), test.items, topic)

    def catalogue(self) -> Catalogue:
        """The topic catalogue, by part and category."""
        return presenting.topic_catalogue()


def _answer(data: BaseModel, items: Sequence[Generated], topic: str | None) -> Answer:
    meta = presenting.meta(items, topic_asked=topic is not None)
    return Answer(data, meta, presenting.effort(items))


def _random(seed: int | None) -> Random:
    return Random(seed)  # noqa: S311 - chooses topics, guards nothing
