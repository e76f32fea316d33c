"""A thousand requests against a model that answers with garbage: not one bad item, not one 5xx."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter

from shared.ielts.models import Discussion, InterviewFrame, LongTurn, Part, Question
from shared.ielts.rules import check_belongs, check_question, rejected
from tests.support.running_app import HOST_KINDS, PATIENT
from tests.support.stand_in import DEPLOYMENT, GARBAGE, KEY, StandIn, behaviours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from shared.ielts.rules import Finding
    from tests.app.service import Answer, Service
    from tests.support.stand_in import Behaviour

ITEM: TypeAdapter[Question] = TypeAdapter(Question)
WAYS: dict[str, Behaviour] = {
    **{kind: behaviours.garbage(kind) for kind in GARBAGE},
    "wrong_schema": behaviours.wrong_schema(),
    "truncated_json": behaviours.truncated_json(),
    "refusal": behaviours.refusal(),
    "empty": behaviours.empty(),
    "no_json": behaviours.says("Certainly! Here is a question for you."),
    "a_list": behaviours.says("[]"),
}
QUESTIONS = list(product(("generate-question",), Part, (None, "a journey", "cooking", "music")))
EACH_WAY = [*QUESTIONS, *QUESTIONS, ("generate-test", None, "a journey")]


@pytest.fixture(scope="module")
def garbling() -> Iterator[StandIn]:
    with StandIn() as stand_in:
        yield stand_in


@pytest.fixture(scope="module")
def garbled(
    start: Callable[..., AbstractContextManager[Service]], garbling: StandIn
) -> Iterator[Service]:
    """The app in Microsoft's worker library, where there is one, with that model."""
    with start(
        HOST_KINDS[-1],
        AZURE_OPENAI_ENDPOINT=garbling.url,
        AZURE_OPENAI_DEPLOYMENT=DEPLOYMENT,
        AZURE_OPENAI_API_KEY=KEY,
        GENERATION_DEADLINE_SECONDS=PATIENT,
    ) as service:
        yield service


def test_there_are_a_thousand_requests_in_more_than_twenty_ways() -> None:
    assert len(WAYS) >= 20
    assert len(WAYS) * len(EACH_WAY) >= 1000


@pytest.mark.parametrize("way", WAYS)
def test_nothing_rejected_is_delivered_whatever_the_model_says(
    garbled: Service, garbling: StandIn, way: str
) -> None:
    garbling.behaviour = WAYS[way]
    token = garbled.token_for("candidate")

    def ask(asked: tuple[str, Part | None, str | None]) -> Answer:
        path, part, topic = asked
        body = {"part": part, "topic": topic}
        sent = {name: value for name, value in body.items() if value}
        return garbled.post(path, token=token, json=sent)

    with ThreadPoolExecutor(8) as clients:
        answers = list(clients.map(ask, EACH_WAY))

    assert [answer.text for answer in answers if answer.status_code != 200] == []
    for answer in answers:
        items = delivered(answer.json()["data"])
        assert not rejected(finding for item in items for finding in check_question(item))
        assert not rejected(unrelated(items))


def delivered(data: dict[str, Any]) -> list[Question]:
    """The item of a question's answer, or the five of a test's."""
    if "steps" not in data:
        return [ITEM.validate_python({k: v for k, v in data.items() if k != "question"})]
    steps: dict[str, list[dict[str, Any]]] = {}
    for step in data["steps"]:
        steps.setdefault(step["kind"], []).append(step)
    [card], [rounding_off] = steps["card"], steps["rounding_off"]
    themes = [{"theme": s["topic"], "questions": s["questions"]} for s in steps["theme"]]
    return [
        *(InterviewFrame(topic=s["topic"], questions=s["questions"]) for s in steps["frame"]),
        LongTurn(
            topic=card["topic"],
            cue_card=card["cue_card"],
            rounding_off=rounding_off["questions"],
        ),
        Discussion.model_validate({"topic": data["topic"], "themes": themes}),
    ]


def unrelated(items: list[Question]) -> list[Finding]:
    """What keeps a test's Part 3 from belonging to its Part 2."""
    match items:
        case [*_, LongTurn() as long_turn, Discussion() as discussion]:
            return check_belongs(discussion, long_turn)
        case _:
            return []
