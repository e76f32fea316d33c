"""A cancelled request frees its slot, its place in the queue and its upstream call."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from shared.deadline import Deadline
from shared.generation.ports import ModelUnavailable
from tests.support.stand_in import behaviours as b

if TYPE_CHECKING:
    from shared.azure_openai.model import AzureQuestionModel
    from shared.generation.ports import Task
    from tests.azure_openai.conftest import MakeBackend, MakeModel, ModelWith
    from tests.support.stand_in import StandIn


@pytest.fixture
def narrow(make_model: MakeModel, make_backend: MakeBackend) -> AzureQuestionModel:
    """A model that sends one request at a time."""
    return make_model(make_backend(max_concurrency=1), attempt_seconds=5.0)


async def test_cancelling_a_request_cancels_the_upstream_call_and_frees_the_slot(
    narrow: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    stand_in.script([b.hang()])
    hanging = asyncio.create_task(narrow.answer(task, Deadline(5)))
    await stand_in.until(lambda: stand_in.in_flight == 1)
    hanging.cancel()
    answer = await narrow.answer(task, Deadline(5))
    assert answer.effort.attempts == 1
    assert hanging.cancelled()
    await stand_in.until(lambda: stand_in.cancelled == 1)


async def test_cancelling_a_waiting_request_leaves_the_queue_to_the_others(
    narrow: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    stand_in.script([b.latency(0.1)])
    requests = [asyncio.create_task(narrow.answer(task, Deadline(5))) for _ in range(3)]
    await stand_in.until(lambda: stand_in.in_flight == 1)
    assert narrow.states()[0].waiting == 2
    requests[1].cancel()
    await asyncio.gather(requests[0], requests[2])
    assert stand_in.received == 2


async def test_no_more_requests_are_in_flight_than_the_deployment_has_slots(
    make_model: MakeModel, make_backend: MakeBackend, stand_in: StandIn, task: Task
) -> None:
    model = make_model(make_backend(max_concurrency=3))
    stand_in.behaviour = b.latency(0.3)
    await asyncio.gather(*(model.answer(task, Deadline(5)) for _ in range(12)))
    assert stand_in.max_in_flight == 3


async def test_a_waiting_request_gives_up_in_time_for_its_deadline(
    narrow: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    stand_in.script([b.latency(0.6)])
    first = asyncio.create_task(narrow.answer(task, Deadline(5)))
    await stand_in.until(lambda: stand_in.in_flight == 1)
    deadline = Deadline(0.3)
    with pytest.raises(ModelUnavailable, match="overloaded"):
        await narrow.answer(task, deadline)
    assert deadline.remaining() > -0.2
    await first


async def test_cancelling_during_a_backoff_sends_nothing_more(
    model_with: ModelWith, stand_in: StandIn, task: Task
) -> None:
    model = model_with(backoff_seconds=30, max_backoff_seconds=30, max_wait_seconds=60)
    stand_in.behaviour = b.status(500)
    retrying = asyncio.create_task(model.answer(task, Deadline(100)))
    await stand_in.until(lambda: stand_in.received == 1)
    await asyncio.sleep(0.05)
    retrying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await retrying
    assert stand_in.received == 1
