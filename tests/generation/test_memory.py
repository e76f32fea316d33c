"""No candidate is asked the same thing twice while anything else is left."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from shared.contract import QuestionRequest, TestRequest
from shared.generation.generator import QuestionGenerator
from shared.ielts.bank.matching import entries
from shared.ielts.likeness import near_duplicate
from shared.ielts.models import Part
from shared.question_desk import QuestionDesk
from shared.records_desk import RecordsDesk
from shared.storage.database import Database
from shared.storage.storage import Storage
from shared.stored_contract import HistoryQuery
from tests.support.stand_in import StandIn, behaviours

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from shared.azure_openai.model import AzureQuestionModel


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    storage = Storage(Database(f"sqlite:///{tmp_path}/store.sqlite3", timeout=5), "key")
    yield storage
    await storage.aclose()


@pytest.fixture
def bank_desk(storage: Storage) -> QuestionDesk:
    return QuestionDesk(QuestionGenerator(None), 5, storage)


@pytest.fixture
def desk(model: AzureQuestionModel, storage: Storage) -> QuestionDesk:
    """With a model."""
    return QuestionDesk(QuestionGenerator(model), 5, storage)


@pytest.fixture
def frugal_desk(model: AzureQuestionModel, storage: Storage) -> QuestionDesk:
    return QuestionDesk(QuestionGenerator(model, library_first=True), 5, storage)


async def describe(desk: QuestionDesk, subject: str = "anna", **asked: object) -> str:
    """The describe line of a Part 2 item."""
    answer = await desk.question(QuestionRequest.model_validate(asked), subject)
    return str(answer.data.model_dump()["cue_card"]["describe"])


async def source(desk: QuestionDesk, subject: str = "anna", **asked: object) -> str:
    answer = await desk.question(QuestionRequest.model_validate(asked), subject)
    return str(answer.meta["source"])


async def test_five_hundred_requests_repeat_nothing_until_the_bank_is_exhausted(
    bank_desk: QuestionDesk,
) -> None:
    lines = [await describe(bank_desk) for _ in range(500)]

    size = len(entries(Part.LONG_TURN))
    first_round = lines[:size]
    assert not any(near_duplicate(line, first_round[:n]) for n, line in enumerate(first_round))


async def test_then_the_oldest_comes_back_first(bank_desk: QuestionDesk) -> None:
    size = len(entries(Part.INTERVIEW))
    asked = QuestionRequest(part=Part.INTERVIEW)
    given = []
    for _ in range(2 * size):
        given.append((await bank_desk.question(asked, "anna")).data)
        await asyncio.sleep(0.002)  # what is given in the same millisecond is equally old

    assert given[size:] == given[:size]


async def test_another_candidate_has_had_nothing_yet(bank_desk: QuestionDesk) -> None:
    line = await describe(bank_desk, seed=1)
    for _ in range(3):
        await describe(bank_desk)

    assert await describe(bank_desk, "boris", seed=1) == line


async def test_a_seed_asks_for_the_same_again(bank_desk: QuestionDesk) -> None:
    assert await describe(bank_desk, seed=7) == await describe(bank_desk, seed=7)


async def test_a_topic_asked_for_twice_gives_something_else_the_second_time(
    bank_desk: QuestionDesk,
) -> None:
    assert await describe(bank_desk, topic="a journey") != await describe(
        bank_desk, topic="a journey"
    )


@pytest.fixture
def repeating(stand_in: StandIn) -> None:
    """A model with one long turn in its head."""
    card = {
        "describe": "Describe a long walk that you went on with a friend.",
        "bullets": ["where you walked", "what you talked about", "how the weather was"],
        "closing": "and explain why you remember this walk.",
    }
    rounding_off = ["Do you often go for walks?", "Would you walk there again?"]
    content = {"cue_card": card, "rounding_off": rounding_off}
    stand_in.behaviour = behaviours.says(json.dumps(content))


@pytest.mark.usefixtures("repeating")
async def test_what_the_model_repeats_is_replaced_from_the_bank_without_asking_again(
    desk: QuestionDesk, stand_in: StandIn
) -> None:
    assert await source(desk, topic="a journey") == "model"
    assert await source(desk, topic="a journey") == "bank"
    assert len(stand_in.requests) == 2
    assert await source(desk, "boris", topic="a journey") == "model"


@pytest.mark.usefixtures("repeating")
async def test_when_nothing_new_is_left_the_model_is_asked_for_another_angle(
    desk: QuestionDesk, bank_desk: QuestionDesk, stand_in: StandIn
) -> None:
    for _ in entries(Part.LONG_TURN):
        await describe(bank_desk)
    await describe(desk)
    stand_in.clear()

    assert await source(desk) == "bank"

    assert len(stand_in.requests) == 2
    assert "another angle" in stand_in.requests[-1].body["messages"][-1]["content"]


async def test_the_model_is_told_what_the_candidate_has_had(
    desk: QuestionDesk, stand_in: StandIn
) -> None:
    line = await describe(desk, topic="a journey")
    await describe(desk, topic="a journey")

    assert line in stand_in.requests[-1].body["messages"][-1]["content"]


async def test_practising_a_topic_with_the_model_counts_as_practising_it(
    desk: QuestionDesk, bank_desk: QuestionDesk
) -> None:
    topics = []
    for _ in range(5):
        answer = await desk.question(QuestionRequest(), "anna")
        topics.append(answer.data.model_dump()["topic"])
    for _ in range(len(entries(Part.LONG_TURN)) - 5):
        answer = await bank_desk.question(QuestionRequest(), "anna")
        topics.append(answer.data.model_dump()["topic"])

    assert len(set(topics)) == len(topics)


async def test_a_mock_test_is_new_in_both_of_its_long_parts(bank_desk: QuestionDesk) -> None:
    seen: set[str] = set()
    for _ in range(5):
        answer = await bank_desk.mock_test(TestRequest(), "anna")
        seen.add(answer.data.model_dump()["topic"])
    for part in (Part.LONG_TURN, Part.DISCUSSION):
        answer = await bank_desk.question(QuestionRequest(part=part), "anna")
        assert answer.data.model_dump()["topic"] not in seen

    assert len(seen) == 5


async def test_the_library_stands_in_for_a_model_that_is_away(
    desk: QuestionDesk, stand_in: StandIn
) -> None:
    line = await describe(desk, topic="a journey")
    stand_in.behaviour = "reset"

    answer = await desk.question(QuestionRequest(topic="a journey"), "boris")

    assert (answer.meta["source"], answer.meta.get("model")) == ("library", None)
    assert answer.data.model_dump()["cue_card"]["describe"] == line


async def test_the_library_repeats_nothing_either(desk: QuestionDesk, stand_in: StandIn) -> None:
    await describe(desk, topic="a journey")
    stand_in.behaviour = "reset"

    assert await source(desk, topic="a journey") == "bank"


@pytest.mark.parametrize("asked", [{}, {"topic": "journeys"}], ids=["any topic", "the topic"])
async def test_with_the_library_first_what_is_there_costs_nothing(
    frugal_desk: QuestionDesk, stand_in: StandIn, asked: dict[str, str]
) -> None:
    assert await source(frugal_desk, topic="a journey") == "model"
    calls = len(stand_in.requests)

    assert await source(frugal_desk, "boris", **asked) == "library"
    assert len(stand_in.requests) == calls


async def test_with_the_library_first_the_model_is_asked_for_what_is_not_there(
    frugal_desk: QuestionDesk,
) -> None:
    assert await source(frugal_desk, topic="a journey") == "model"
    assert await source(frugal_desk, "boris", topic="music") == "model"
    assert await source(frugal_desk, "boris", part=3, topic="a journey") == "model"


async def test_several_items_of_the_library_are_all_different(
    frugal_desk: QuestionDesk,
) -> None:
    await describe(frugal_desk, topic="a journey")
    await describe(frugal_desk, "boris", topic="music")

    answer = await frugal_desk.question(QuestionRequest(count=3), "clara")

    lines = [item["cue_card"]["describe"] for item in answer.data.model_dump()["items"]]
    assert len(set(lines)) == 3


async def test_without_a_database_questions_go_on_and_say_so(
    model: AzureQuestionModel,
) -> None:
    nowhere = Storage(Database("postgresql://app@127.0.0.1:9/none"), "key")
    desk = QuestionDesk(QuestionGenerator(model), 5, nowhere)

    answer = await desk.question(QuestionRequest(topic="a journey"), "anna")
    test = await desk.mock_test(TestRequest(), "anna")

    assert answer.meta["history"] == test.meta["history"] == "unavailable"
    assert answer.meta["source"] == "model"
    await nowhere.aclose()


async def test_everything_delivered_is_in_the_history(
    bank_desk: QuestionDesk, storage: Storage
) -> None:
    await bank_desk.question(QuestionRequest(count=2), "anna")
    await bank_desk.mock_test(TestRequest(), "anna")

    page = await RecordsDesk(storage, {}).history("anna", HistoryQuery())

    assert sorted(entry.item.part for entry in page.items) == [1, 1, 1, 2, 2, 2, 3]
