"""The use cases as the endpoints call them: a validated request in, an answer out.

Imported at first use: the rules, the bank and the matching behind it are not needed for indexing.
"""

from __future__ import annotations

import uuid
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import to_json

from shared import presenting
from shared.deadline import Deadline
from shared.generation.mock_test import write_mock_test
from shared.generation.ports import NO_MEMORY
from shared.generation.spec import Spec
from shared.generation.suitability import suitable_topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel

    from shared.contract import Catalogue, QuestionRequest, TestRequest
    from shared.generation.generator import QuestionGenerator
    from shared.generation.ports import Memory
    from shared.generation.spec import Generated
    from shared.storage.candidate import CandidateMemory
    from shared.storage.records import FrozenTest
    from shared.storage.storage import Storage


class Answer(NamedTuple):
    """What an endpoint answers with.

    Attributes:
        data: for everybody.
        meta: for everybody, too.
        effort: what it took: for the log line, and for admins.
        spent: what the usage record says.

    """

    data: BaseModel
    meta: dict[str, Any]
    effort: dict[str, Any]
    spent: dict[str, Any]

    @property
    def logged(self) -> dict[str, Any]:
        """The part of `meta` that the log line carries; never a topic."""
        return presenting.logged(self.meta)


class QuestionDesk:
    """Where requests for questions are dealt with.

    Args:
        generator: writes the items.
        deadline_seconds: all the time that one request may take.
        storage: what is remembered of candidates; None where nothing is.

    """

    def __init__(
        self, generator: QuestionGenerator, deadline_seconds: float, storage: Storage | None
    ) -> None:
        self._generator = generator
        self._deadline_seconds = deadline_seconds
        self._storage = storage

    async def question(self, asked: QuestionRequest, subject: str) -> Answer:
        """One item or several, new to the subject as long as there are any.

        A seed asks for the same as the last time: the history is not looked at then.

        Raises:
            UnsuitableTopic: the exam avoids the topic.
            ContentFiltered: the model's content filter refused it.
            Unavailable: the model did not answer, and the bank may not.

        """
        topic = suitable_topic(asked.topic)
        past = self._memory_of(subject)
        items = await self._generator.generate(
            Spec(asked.part, topic, asked.avoid, asked.practice_difficulty),
            Deadline(self._deadline_seconds),
            _random(asked.seed),
            asked.count,
            _looked_at(past, asked),
        )
        await _remember(past, items, asked)
        return _answer(presenting.question_data(items), items, topic, past)

    async def mock_test(self, asked: TestRequest, subject: str) -> Answer:
        """A whole test, frozen under its id. Raises, and looks at the history, as `question`."""
        topic = suitable_topic(asked.topic)
        past = self._memory_of(subject)
        test = await write_mock_test(
            self._generator,
            Deadline(self._deadline_seconds),
            _random(asked.seed),
            topic=topic,
            avoid=asked.avoid,
            difficulty=asked.practice_difficulty,
            memory=_looked_at(past, asked),
        )
        data = presenting.test_data(str(uuid.uuid4()), test)
        answer = _answer(data, test.items, topic, past)
        if past is not None:
            from shared.storage.records import FrozenTest  # noqa: PLC0415 - only with a store

            frozen = to_json({"data": data, "meta": answer.meta}, exclude_none=True).decode()
            test_record = FrozenTest(id=data.test_id, subject=past.subject, answer=frozen)
            await _remember(past, test.items, asked, test_record)
        return _answer(data, test.items, topic, past)

    def catalogue(self) -> Catalogue:
        """The topic catalogue, by part and category."""
        return presenting.topic_catalogue()

    def _memory_of(self, subject: str) -> CandidateMemory | None:
        if self._storage is None:
            return None
        from shared.storage.candidate import CandidateMemory  # noqa: PLC0415 - only with a store

        return CandidateMemory(self._storage, self._storage.subject_hash(subject))


def _looked_at(past: CandidateMemory | None, asked: TestRequest) -> Memory:
    return NO_MEMORY if past is None or asked.seed is not None else past


async def _remember(
    past: CandidateMemory | None,
    items: Sequence[Generated],
    asked: TestRequest,
    *others: FrozenTest,
) -> None:
    if past is not None:
        from shared.remembering import records_of  # noqa: PLC0415 - only with a store

        records = records_of(items, past.subject, asked.practice_difficulty)
        await past.remember(*records, *others)


def _answer(
    data: BaseModel,
    items: Sequence[Generated],
    topic: str | None,
    past: CandidateMemory | None,
) -> Answer:
    meta = presenting.meta(items, topic_asked=topic is not None)
    if past is not None and not past.available:
        meta["history"] = "unavailable"
    return Answer(data, meta, presenting.effort(items), presenting.spent(items))


_chance = Random()  # noqa: S311 - chooses topics, guards nothing; a new one takes longer than a choice


def _random(seed: int | None) -> Random:
    return _chance if seed is None else Random(seed)  # noqa: S311 - as above
