"""Everything that a request can say reaches what answers it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from shared.contract import QuestionRequest, TestRequest
from shared.generation.generator import QuestionGenerator
from shared.ielts.models import Part, PracticeDifficulty
from shared.question_desk import QuestionDesk

if TYPE_CHECKING:
    from shared.azure_openai.model import AzureQuestionModel
    from tests.support.stand_in import StandIn

ASKED = {
    "topic": "a long walk",
    "avoid": ["dogs", "shoes"],
    "practice_difficulty": PracticeDifficulty.HARDER,
}


@pytest.fixture
def desk(model: AzureQuestionModel) -> QuestionDesk:
    return QuestionDesk(QuestionGenerator(model), 5, None)


@pytest.fixture
def bank_desk() -> QuestionDesk:
    return QuestionDesk(QuestionGenerator(None), 5, None)


def told(stand_in: StandIn) -> dict[str, list[dict[str, Any]]]:
    """By the part's name, what the model was told of each item."""
    found: dict[str, list[dict[str, Any]]] = {}
    for request in stand_in.requests:
        name = request.body["response_format"]["json_schema"]["name"]
        found.setdefault(name, []).append(json.loads(request.body["messages"][1]["content"]))
    return found


async def test_a_request_for_a_question_tells_the_model_all_that_it_asks_for(
    desk: QuestionDesk, stand_in: StandIn
) -> None:
    asked = {**ASKED, "part": Part.INTERVIEW, "count": 2}

    await desk.question(QuestionRequest.model_validate(asked), "anna")

    [first, second] = told(stand_in)["interview"]
    for item in (first, second):
        assert (item["topic"], item["avoid"]) == ("a long walk", ["dogs", "shoes"])
        assert "abstract" in item["angle"]


async def test_a_request_for_a_test_tells_the_model_what_each_part_has_to_avoid_and_how_hard_it_is(
    desk: QuestionDesk, stand_in: StandIn
) -> None:
    await desk.mock_test(TestRequest.model_validate(ASKED), "anna")

    by_part = told(stand_in)
    assert [len(by_part[part]) for part in ("interview", "long_turn", "discussion")] == [3, 1, 1]
    for item in [item for items in by_part.values() for item in items]:
        assert item["avoid"] == ["dogs", "shoes"]
        assert "abstract" in item["angle"]


async def test_the_topic_of_a_test_is_that_of_its_parts_2_and_3(
    desk: QuestionDesk, stand_in: StandIn
) -> None:
    await desk.mock_test(TestRequest.model_validate(ASKED), "anna")

    by_part = told(stand_in)
    assert by_part["long_turn"][0]["topic"] == by_part["discussion"][0]["topic"] == "a long walk"
    assert "a long walk" not in [item["topic"] for item in by_part["interview"]]


async def test_a_seed_makes_a_test_repeatable(bank_desk: QuestionDesk) -> None:
    said = [
        (await bank_desk.mock_test(TestRequest(seed=seed), "anna")).data.model_dump()["question"]
        for seed in (7, 7, 8)
    ]

    assert said[0] == said[1] != said[2]


async def test_the_banks_frames_and_part_2_keep_off_what_a_test_has_to_avoid(
    bank_desk: QuestionDesk,
) -> None:
    for seed in range(10):
        first = (await bank_desk.mock_test(TestRequest(seed=seed), "anna")).data.model_dump()
        had = {step["topic"] for step in first["steps"] if step["kind"] in ("frame", "card")}
        asked = TestRequest(seed=seed, avoid=tuple(had))

        again = (await bank_desk.mock_test(asked, "anna")).data.model_dump()

        assert not had & {step["topic"] for step in again["steps"]}
