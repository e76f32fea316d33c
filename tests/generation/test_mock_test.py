from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

import pytest

from shared.deadline import Deadline
from shared.errors import Unavailable
from shared.generation.drafts import texts
from shared.generation.generator import QuestionGenerator
from shared.generation.mock_test import MockTest, write_mock_test
from shared.generation.spec import Source
from shared.ielts.bank.entries import frames, topic_sets
from shared.ielts.models import Discussion, InterviewFrame, LongTurn
from tests.generation.conftest import all_but_one
from tests.support.stand_in import StandIn, behaviours

if TYPE_CHECKING:
    from shared.azure_openai.model import AzureQuestionModel
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


async def test_a_test_has_three_frames_however_much_is_to_be_avoided(
    bank: QuestionGenerator,
) -> None:
    others = [frame for group in frames().values() for frame in group if not frame.core]

    test = await mock_test(bank, avoid=all_but_one(others))

    assert len({frame.item.topic for frame in test.frames}) == 3


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


def on_two_subjects(request: Request) -> Behaviour:
    """Part 2 on a lamp, Part 3 on an orchestra, whatever is asked; frames as asked."""
    lamp = {
        "cue_card": {
            "describe": "Describe a lamp that you own.",
            "bullets": ["what it looks like", "where you bought it", "when you use it"],
            "closing": "and explain why you like it.",
        },
        "rounding_off": ["Do your friends like it?", "Was it expensive?"],
    }
    choirs = [
        "Why do many people enjoy singing in a choir?",
        "Are concerts too expensive nowadays?",
        "Do you think music should be taught to everyone?",
    ]
    songs = [
        "What makes a song popular?",
        "Do young people dance less than they used to?",
        "How has the Internet changed what musicians earn?",
    ]
    themes = [{"theme": "Choirs", "questions": choirs}, {"theme": "Songs", "questions": songs}]
    said = {"long_turn": lamp, "discussion": {"themes": themes}}
    asked = request.body["response_format"]["json_schema"]["name"]
    return behaviours.says(json.dumps(said[asked])) if asked in said else behaviours.ok()


async def test_where_the_models_parts_2_and_3_have_two_subjects_both_come_from_one_set(
    generator: QuestionGenerator, stand_in: StandIn
) -> None:
    stand_in.behaviour = on_two_subjects

    test = await mock_test(generator)

    assert in_one_set(test)
    for item in (test.long_turn, test.discussion):
        assert (item.source, item.reason) == (Source.BANK, "parts_unrelated")
        assert item.usage
        assert item.effort.attempts == 1


async def test_without_leave_to_use_the_bank_parts_on_two_subjects_are_unavailable(
    model: AzureQuestionModel, stand_in: StandIn
) -> None:
    stand_in.behaviour = on_two_subjects

    with pytest.raises(Unavailable):
        await mock_test(QuestionGenerator(model, bank_answers=False))


async def test_a_frame_that_the_model_repeats_comes_once(
    generator: QuestionGenerator, stand_in: StandIn
) -> None:
    frame = {
        "questions": [
            "Do you have many lamps at home?",
            "What kind of light do you like to read by? [Why?]",
            "When do you usually switch on the light?",
            "Would you like to make a lamp one day? [Why/Why not?]",
        ]
    }

    def choose(request: Request) -> Behaviour:
        asked = request.body["response_format"]["json_schema"]["name"]
        return behaviours.says(json.dumps(frame)) if asked == "interview" else behaviours.ok()

    stand_in.behaviour = choose

    test = await mock_test(generator)

    assert [frame.source for frame in test.frames] == [Source.MODEL, Source.BANK, Source.BANK]
    assert [frame.reason for frame in test.frames] == [None, "twin", "twin"]
    assert len({texts(frame.item)[0] for frame in test.frames}) == 3
    assert all(frame.usage for frame in test.frames)


async def test_on_a_topic_the_bank_lacks_both_parts_come_from_one_set(
    generator: QuestionGenerator, stand_in: StandIn
) -> None:
    stand_in.behaviour = failing("long_turn")  # type: ignore[assignment] # a chooser

    test = await mock_test(generator, topic="quantum physics")

    assert test.long_turn.source is test.discussion.source is Source.BANK
    assert in_one_set(test)
    assert not test.discussion.topic_matched
