"""What a model call's record says of prompt and answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from shared.telemetry.model_calls import LONGEST_CONTENT
from tests.support.stand_in import behaviours
from tests.telemetry.starting import GOOD_ANSWER

if TYPE_CHECKING:
    from tests.app.service import Service
    from tests.support.stand_in import StandIn
    from tests.telemetry.starting import Start


def calls(service: Service) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in service.logs().splitlines() if line.startswith("{")]
    return [line for line in lines if line.get("event") == "model_call"]


def test_content_is_not_recorded_unless_asked_for(start: Start, stand_in: StandIn) -> None:
    stand_in.script([behaviours.says(GOOD_ANSWER)])
    with start(LOG_FORMAT="json") as service:
        service.ask(part=1, topic="a zebra crossing")
        [call] = calls(service)
        assert "zebra" not in service.logs()

    assert "prompt" not in call
    assert "answer" not in call


def test_content_is_recorded_where_asked_for(start: Start, stand_in: StandIn) -> None:
    stand_in.script([behaviours.says(GOOD_ANSWER)])
    with start(LOG_FORMAT="json", LOG_AI_CONTENT="true") as service:
        service.ask(part=1, topic="a zebra crossing")
        [call] = calls(service)

    assert "a zebra crossing" in call["prompt"]
    assert json.loads(call["answer"])


def test_content_is_cut_to_a_length(start: Start, stand_in: StandIn) -> None:
    answer = json.dumps({"questions": ["x" * LONGEST_CONTENT]})
    stand_in.script([behaviours.says(answer)] * 2)
    with start(LOG_FORMAT="json", LOG_AI_CONTENT="true") as service:
        service.ask(part=1)
        call = calls(service)[1]  # the first was cut off by the model: this one had more room

    assert call["answer"] == answer[:LONGEST_CONTENT]
    assert len(call["prompt"]) <= LONGEST_CONTENT


@pytest.mark.parametrize(
    ("fault", "outcome", "reason"),
    [
        (behaviours.refusal(), "refusal", "stop"),
        (behaviours.length(), "length", "length"),
        (behaviours.html(), "not_a_completion", None),
        (behaviours.status(404), "not_found", None),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_call_without_an_answer_says_how_it_ended(
    start: Start, stand_in: StandIn, fault: Any, outcome: str, reason: str | None
) -> None:
    stand_in.script([fault])
    with start(LOG_FORMAT="json") as service:
        service.ask(part=2)
        first = calls(service)[0]

    assert (first["outcome"], first["finish_reason"]) == (outcome, reason)
