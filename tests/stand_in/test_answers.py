from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from shared.ielts.models import Discussion, InterviewFrame, LongTurn
from shared.ielts.rules import check_question
from tests.stand_in.conftest import (
    INTERVIEW,
    LONG_TURN,
    PARTS,
    TEXT,
    content_of,
    strict_object,
)

if TYPE_CHECKING:
    from tests.stand_in.conftest import Ask
    from tests.support.stand_in import StandIn


MODELS: dict[int, type[InterviewFrame | LongTurn | Discussion]] = {
    1: InterviewFrame,
    2: LongTurn,
    3: Discussion,
}


@pytest.mark.parametrize("topic", ["bicycles", "street music"], ids=["known", "unknown"])
@pytest.mark.parametrize("part", PARTS)
async def test_each_part_is_answered_with_an_item_that_our_models_accept(
    part: int, topic: str, ask: Ask
) -> None:
    item = MODELS[part].model_validate_json(content_of(await ask(topic, PARTS[part])))

    assert item.topic == topic


@pytest.mark.parametrize("topic", ["", "street music"], ids=["any", "filled in"])
@pytest.mark.parametrize("part", PARTS)
async def test_everything_written_is_authentic_by_our_own_rules(
    part: int, topic: str, ask: Ask
) -> None:
    model = MODELS[part]

    for _ in range(12):
        item = model.model_validate_json(content_of(await ask(topic, PARTS[part])))
        assert check_question(item) == []


async def test_an_unknown_topic_stands_in_the_questions(ask: Ask) -> None:
    frame = InterviewFrame.model_validate_json(content_of(await ask("street music")))

    assert any("street music" in question for question in frame.questions)


async def test_a_known_topic_brings_up_the_item_written_on_it(ask: Ask) -> None:
    frame = InterviewFrame.model_validate_json(content_of(await ask("Bicycles")))

    assert "bicycle" in frame.questions[0]


async def test_requests_that_follow_each_other_get_different_items(ask: Ask) -> None:
    asked = [content_of(await ask("", LONG_TURN)) for _ in range(12)]

    assert len(set(asked)) == 12


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({"question_1": TEXT, "question_2": TEXT}, ["questions"]),
        ({"first_question": TEXT, "second_question": TEXT}, ["questions"]),
    ],
    ids=["numbered", "ordinal"],
)
async def test_questions_in_properties_of_their_own_are_filled_in_order(
    properties: dict[str, Any], expected: list[str], ask: Ask
) -> None:
    content = json.loads(content_of(await ask("bicycles", strict_object(**properties))))
    together = json.loads(content_of(await ask("bicycles", INTERVIEW)))

    assert list(content.values()) == together[expected[0]][:2]


async def test_a_question_wanted_as_an_object_has_its_text_in_the_first_property(ask: Ask) -> None:
    probe = {"anyOf": [TEXT, {"type": "null"}]}
    questions = {"type": "array", "items": strict_object(text=TEXT, probe=probe)}

    content = json.loads(content_of(await ask("bicycles", strict_object(questions=questions))))

    assert content["questions"][0] == {
        "text": "Do you ride a bicycle these days? [Why/Why not?]",
        "probe": None,
    }


async def test_definitions_enums_and_constants_are_respected(ask: Ask) -> None:
    schema = strict_object(
        part={"type": "integer", "const": 2},
        kind={"type": "string", "enum": ["card", "frame"]},
        cue_card={"$ref": "#/$defs/Card"},
    ) | {"$defs": {"Card": strict_object(describe=TEXT)}}

    content = json.loads(content_of(await ask("bread", schema)))

    assert (content["part"], content["kind"]) == (2, "card")
    assert content["cue_card"]["describe"].startswith("Describe ")


async def test_without_a_schema_the_prompt_tells_the_part(ask: Ask) -> None:
    content = json.loads(
        content_of(await ask("bread. Write a cue card", response_format={"type": "json_object"}))
    )

    assert LongTurn.model_fields.keys() <= content.keys()


async def test_an_answer_has_the_fields_of_a_real_one(ask: Ask, stand_in: StandIn) -> None:
    completion = await ask()

    assert completion.object == "chat.completion"
    assert completion.model == stand_in.deployments["stand-in"].model
    assert completion.usage is not None
    assert completion.usage.total_tokens == (
        completion.usage.prompt_tokens + completion.usage.completion_tokens
    )
    assert completion.to_dict()["prompt_filter_results"]
    assert completion.choices[0].to_dict()["content_filter_results"]


async def test_an_answer_longer_than_the_room_allowed_is_cut_off(ask: Ask) -> None:
    completion = await ask(max_completion_tokens=10)

    assert completion.choices[0].finish_reason == "length"
    assert len(content_of(completion)) == 40
