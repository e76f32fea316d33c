"""Attempts and backoff, inside one deadline."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from shared.azure_openai.deployment import Condition
from shared.deadline import Deadline
from shared.generation.ports import ModelAnswer, ModelUnavailable
from tests.support.stand_in import behaviours as b

if TYPE_CHECKING:
    from shared.azure_openai.model import AzureQuestionModel
    from shared.generation.ports import Task
    from tests.azure_openai.conftest import ModelWith
    from tests.support.stand_in import StandIn


def gaps(stand_in: StandIn) -> list[float]:
    """Seconds between the requests that arrived."""
    arrived = [request.arrived_at for request in stand_in.requests]
    return [later - earlier for earlier, later in pairwise(arrived)]


async def test_the_backoff_doubles_up_to_its_ceiling_with_jitter_over_its_upper_half(
    model_with: ModelWith, stand_in: StandIn, task: Task
) -> None:
    model = model_with(backoff_seconds=0.04, max_backoff_seconds=0.08, max_attempts=4)
    stand_in.behaviour = b.status(500)
    with pytest.raises(ModelUnavailable):
        await model.answer(task, Deadline(5))
    first, second, third = gaps(stand_in)
    assert first >= 0.02
    assert second >= 0.04
    assert 0.04 <= third < 2.0


async def test_no_more_attempts_are_made_than_allowed(
    model_with: ModelWith, stand_in: StandIn, task: Task
) -> None:
    stand_in.behaviour = b.status(500)
    with pytest.raises(ModelUnavailable) as caught:
        await model_with(max_attempts=3).answer(task, Deadline(5))
    assert stand_in.received == caught.value.effort.attempts == 3


async def test_a_backoff_that_does_not_fit_the_deadline_is_not_begun(
    model_with: ModelWith, stand_in: StandIn, task: Task
) -> None:
    model = model_with(backoff_seconds=60, max_backoff_seconds=60)
    stand_in.behaviour = b.status(500)
    began = time.monotonic()
    with pytest.raises(ModelUnavailable, match="server_error"):
        await model.answer(task, Deadline(20))
    assert time.monotonic() - began < 10
    assert stand_in.received == 1


async def test_an_attempt_ends_with_the_deadline(
    model_with: ModelWith, stand_in: StandIn, task: Task
) -> None:
    stand_in.behaviour = b.hang()
    deadline = Deadline(0.2)
    with pytest.raises(ModelUnavailable, match="timeout"):
        await model_with(attempt_seconds=60).answer(task, deadline)
    assert -1 < deadline.remaining() < 0.1
    await stand_in.until(lambda: stand_in.cancelled == 1)


async def test_with_too_little_time_left_no_attempt_is_begun(
    model_with: ModelWith, stand_in: StandIn, task: Task
) -> None:
    model = model_with(useful_seconds=1.0)
    with pytest.raises(ModelUnavailable, match="no_time_left"):
        await model.answer(task, Deadline(0.5))
    assert stand_in.received == 0


async def test_a_hanging_attempt_leaves_time_for_another(
    model_with: ModelWith, stand_in: StandIn, task: Task
) -> None:
    stand_in.script([b.hang()])
    answer = await model_with(attempt_seconds=0.5).answer(task, Deadline(20))
    assert answer.effort.attempts == 2


@pytest.mark.parametrize("code", [500, 503])
async def test_a_time_named_by_any_error_is_kept_by_the_whole_worker(
    code: int, model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    stand_in.script([b.status(code, headers={"retry-after-ms": "150"})])
    answer = await model.answer(task, Deadline(5))
    assert gaps(stand_in)[0] >= 0.145
    assert answer.effort.wait_ms >= 145


async def test_without_a_backend_the_model_is_unavailable(
    make_model: ModelWith, task: Task
) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        await make_model().answer(task, Deadline(5))
    assert (caught.value.effort.attempts, caught.value.retry_after) == (0, None)


async def test_thirty_percent_of_random_failures_leave_nearly_every_answer_to_the_model(
    model_with: ModelWith, stand_in: StandIn, task: Task
) -> None:
    model = model_with(failing_seconds=1.0)
    stand_in.behaviour = b.random_failures(0.3, seed=7, then=b.latency(0.02))
    requests = (model.answer(task, Deadline(20)) for _ in range(100))
    answers = await asyncio.gather(*requests, return_exceptions=True)
    assert sum(isinstance(answer, ModelAnswer) for answer in answers) >= 99
    assert model.states()[0].condition is Condition.READY
