"""A whole mock test: its parts are written at the same time, and Part 3 belongs to Part 2."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from shared.generation.choosing import choose, choose_frames
from shared.generation.ports import NO_MEMORY
from shared.generation.spec import Generated, Source, Spec
from shared.generation.together import together
from shared.ielts.models import Discussion, LongTurn, Part
from shared.ielts.rules import check_belongs, rejected

if TYPE_CHECKING:
    from random import Random

    from shared.deadline import Deadline
    from shared.generation.generator import QuestionGenerator
    from shared.generation.ports import Memory
    from shared.ielts.models import PracticeDifficulty


class MockTest(NamedTuple):
    """Three Part 1 frames (the first on work, study or home), a long turn and its discussion."""

    frames: tuple[Generated, ...]
    long_turn: Generated
    discussion: Generated

    @property
    def items(self) -> tuple[Generated, ...]:
        """All of it in the order of the test."""
        return (*self.frames, self.long_turn, self.discussion)


async def write_mock_test(  # noqa: PLR0913 - what a test can be asked for
    generator: QuestionGenerator,
    deadline: Deadline,
    random: Random,
    *,
    topic: str | None = None,
    avoid: tuple[str, ...] = (),
    difficulty: PracticeDifficulty | None = None,
    memory: Memory = NO_MEMORY,
) -> MockTest:
    """Five items asked for at once. Raises as `QuestionGenerator.generate` does.

    The topic of Parts 2 and 3 is chosen before, so neither has to wait for the other.
    """
    long_turn = Spec(Part.LONG_TURN, topic, avoid, difficulty)
    discussion = long_turn._replace(part=Part.DISCUSSION)
    frame = Spec(Part.INTERVIEW, None, avoid, difficulty)
    past_frames, past_topics = await asyncio.gather(
        memory.practised(Part.INTERVIEW), memory.practised(Part.LONG_TURN, Part.DISCUSSION)
    )
    [choice] = choose(long_turn, 1, random, past_topics)
    frames = choose_frames(frame, random, past_frames)

    items = await together(
        [
            *(generator.write(chosen, frame, deadline, memory) for chosen in frames),
            generator.write(choice, long_turn, deadline, memory),
            generator.write(choice, discussion, deadline, memory),
        ]
    )
    asked_once = await generator.without_twins(items[:-2], frame, random, memory)
    if _belong(*items[-2:]):
        return MockTest(tuple(asked_once), *items[-2:])
    pair = [
        generator.instead(item, choice, spec, "parts_unrelated")
        for item, spec in zip(items[-2:], (long_turn, discussion), strict=True)
    ]
    return MockTest(tuple(asked_once), *pair)


def _belong(long_turn: Generated, discussion: Generated) -> bool:
    if long_turn.source is discussion.source is Source.BANK:
        return True  # one entry of the bank
    if not (long_turn.topic_matched and discussion.topic_matched):
        return False
    if isinstance(discussion.item, Discussion) and isinstance(long_turn.item, LongTurn):
        return not rejected(check_belongs(discussion.item, long_turn.item))
    return False
