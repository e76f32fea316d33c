"""Several deployments: priorities fail over, weights share, a full one spills over."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from shared.azure_openai.backends import PressureSettings
from shared.azure_openai.deployment import Condition
from shared.azure_openai.model import AzureQuestionModel
from shared.deadline import Deadline
from shared.generation.ports import ModelUnavailable, PromptRefused
from tests.support.stand_in import StandIn
from tests.support.stand_in import behaviours as b

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.generation.ports import Task
    from tests.azure_openai.conftest import MakeBackend, MakeModel


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with StandIn(["provisioned", "spare", "far"]) as server:
        yield server


@pytest.fixture
def model(make_model: MakeModel, make_backend: MakeBackend) -> AzureQuestionModel:
    return make_model(
        make_backend("far", priority=2),
        make_backend("provisioned", priority=0),
        make_backend("spare", priority=1),
    )


def fail(stand_in: StandIn, *names: str) -> None:
    for name in names:
        stand_in.deployments[name].behaviour = b.status(500)


async def test_the_lowest_priority_number_is_asked_first(
    model: AzureQuestionModel, task: Task
) -> None:
    assert (await model.answer(task, Deadline(5))).effort.deployment == "provisioned"


async def test_after_a_failure_the_next_priority_is_asked_at_once(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    fail(stand_in, "provisioned")
    effort = (await model.answer(task, Deadline(5))).effort
    assert (effort.deployment, effort.attempts) == ("spare", 2)


async def test_the_last_priority_takes_over_when_all_before_it_fail(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    fail(stand_in, "provisioned", "spare")
    effort = (await model.answer(task, Deadline(5))).effort
    assert (effort.deployment, effort.attempts) == ("far", 3)


async def test_a_misconfigured_deployment_is_passed_over(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    stand_in.deployments["provisioned"].behaviour = b.not_found()
    attempts = [(await model.answer(task, Deadline(5))).effort.attempts for _ in range(3)]
    assert attempts == [2, 1, 1]


async def test_a_refused_prompt_is_not_taken_to_another_deployment(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    stand_in.deployments["provisioned"].behaviour = b.content_filter_prompt()
    with pytest.raises(PromptRefused):
        await model.answer(task, Deadline(5))
    assert stand_in.received == 1


async def test_when_every_deployment_fails_each_gets_further_tries_within_the_limit(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    fail(stand_in, "provisioned", "spare", "far")
    with pytest.raises(ModelUnavailable, match="server_error"):
        await model.answer(task, Deadline(5))
    assert stand_in.received == PressureSettings().max_attempts


async def test_when_all_cool_down_the_one_that_is_ready_first_is_waited_for(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    stand_in.script([b.rate_limited(60)], "provisioned")
    stand_in.script([b.rate_limited(0.2)], "spare")
    stand_in.script([b.rate_limited(60)], "far")
    effort = (await model.answer(task, Deadline(5))).effort
    assert (effort.deployment, effort.attempts) == ("spare", 4)


async def test_a_full_deployment_spills_over_to_the_next_priority(
    make_model: MakeModel, make_backend: MakeBackend, stand_in: StandIn, task: Task
) -> None:
    model = make_model(
        make_backend("provisioned", max_concurrency=1), make_backend("spare", priority=1)
    )
    stand_in.deployments["provisioned"].latency = 0.15
    answers = await asyncio.gather(*(model.answer(task, Deadline(5)) for _ in range(3)))
    assert Counter(a.effort.deployment for a in answers) == {"provisioned": 1, "spare": 2}


async def test_weights_share_the_requests_of_one_priority(
    make_backend: MakeBackend, stand_in: StandIn, task: Task
) -> None:
    backends = [make_backend("provisioned", weight=3), make_backend("spare", weight=1)]
    model = AzureQuestionModel(backends, rng=random.Random(1))
    answers = [await model.answer(task, Deadline(5)) for _ in range(120)]
    await model.aclose()
    share = Counter(a.effort.deployment for a in answers)["provisioned"] / len(answers)
    assert 0.65 < share < 0.85
    assert stand_in.received == 120


async def test_states_tell_what_each_deployment_is_up_to(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    stand_in.deployments["provisioned"].behaviour = b.forbidden()
    stand_in.script([b.rate_limited(60)], "spare")
    await model.answer(task, Deadline(5))
    states = {state.name: state for state in model.states()}
    assert {name: state.condition for name, state in states.items()} == {
        "far": Condition.READY,
        "provisioned": Condition.MISCONFIGURED,
        "spare": Condition.COOLING_DOWN,
    }
    assert states["provisioned"].reason == "forbidden"
    assert 50 < states["spare"].seconds_left <= 60
