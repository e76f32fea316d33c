from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from shared.deadline import Deadline
from shared.generation.mock_test import MockTest, write_mock_test
from shared.generation.spec import Source
from shared.ielts.bank.entries import frames, topic_sets
from shared.ielts.models import Discussion, InterviewFrame, LongTurn
from tests.support.stand_in import StandIn, behaviours

if TYPE_CHECKING:
    from shared.generation.generator import QuestionGenerator
    from tests.support.stand_in import Request
    from tests.support.stand_in.behaviour import Behaviour

CORE_TOPICS = {frame.topic for group in frames().values() for frame in group if frame.core}


async def mock_test(
    generator: QuestionGenerator,
    topic: str | None = None,
    seed: int = 1,
    avoid: tuple[str, ...] = (),
) -> MockTest:
    return await write_mock_test(generator, Deadline(5), Random(seed), topic=topic, avoid=avoid)


def failing(name: str) -> object:
    """A chooser that fails the task of that name and lets the others through."""

    def choose(request: Request) -> Behaviour:
        asked = request.body["response_format"]["json_schema"]["name"]
        return behaviours.garbage("lorem_ipsum") if asked == name else behaviours.ok()

    return choose


def in_one_set(test: MockTest) -> bool:
    """Whether Parts 2 and 3 come from one topic set of the bank."""
    return any(
        entry.topic == test.long_turn.item.topic == test.discussion.item.topic
        for group in topic_sets().values()
        for entry in group
    )


async def test_a_test_has_three_frames_a_long_turn_and_a_discussion(
    bank: QuestionGenerator,
) -> None:
    test = await mock_test(bank)

    assert [type(item.item) for item in test.items] == [
        InterviewFrame,
        InterviewFrame,
        InterviewFrame,
        LongTurn,
        Discussion,
    ]


async def test_the_first_frame_is_about_work_study_or_home(bank: QuestionGenerator) -> None:
    for seed in range(20):
        assert (await mock_test(bank, seed=seed)).frames[0].item.topic in CORE_TOPICS


async def test_whoever_avoids_work_study_and_home_is_asked_about_one_of_them_even_so(
    bank: QuestionGenerator,
) -> None:
    test = await mock_test(bank, avoid=tuple(CORE_TOPICS))

    assert len(test.frames) == 3
    assert test.frames[0].item.topic in CORE_TOPICS
    assert not {frame.item.topic for frame in test.frames[1:]} & CORE_TOPICS


async def test_its_frames_have_different_topics(bank: QuestionGenerator) -> None:
    for seed in range(20):
        test = await mock_test(bank, seed=seed)
        assert len({frame.item.topic for frame in test.frames}) == 3


async def test_from_the_bank_part_3_belongs_to_part_2(bank: QuestionGenerator) -> None:
    for seed in range(20):
        assert in_one_set(await mock_test(bank, seed=seed))


async def test_all_parts_are_asked_for_at_the_same_time(
    generator: QuestionGenerator, stand_in: StandIn
) -> None:
    stand_in.behaviour = behaviours.latency(1)

    await mock_test(generator)

    assert stand_in.max_in_flight == 5


async def test_from_the_model_parts_2_and_3_share_the_topic(generator: QuestionGenerator) -> None:
    test = await mock_test(generator, topic="a journey")

    assert {item.source for item in test.items} == {Source.MODEL}
    assert test.long_turn.item.topic == test.discussion.item.topic == "a journey"


async def test_a_part_3_from_the_bank_belongs_to_the_models_part_2(
    generator: QuestionGenerator, stand_in: StandIn
) -> None:
    stand_in.behaviour = failing("discussion")  # type: ignore[assignment] # a chooser

    test = await mock_test(generator)

    assert test.discussion.source is Source.BANK
    assert test.long_turn.item.topic == test.discussion.item.topic


async def test_on_a_topic_the_bank_lacks_both_parts_come_from_one_set(
    generator: QuestionGenerator, stand_in: StandIn
) -> None:
    stand_in.behaviour = failing("long_turn")  # type: ignore[assignment] # a chooser

    test = await mock_test(generator, topic="quantum physics")

    assert test.long_turn.source is test.discussion.source is Source.BANK
    assert in_one_set(test)
    assert not test.discussion.topic_matched
