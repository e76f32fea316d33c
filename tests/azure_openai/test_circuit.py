"""A deployment that keeps failing is skipped, probed by one request, and taken back."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import pytest

from shared.azure_openai import outcomes as o
from shared.azure_openai.circuit import Circuit
from shared.azure_openai.deployment import Condition
from shared.deadline import Deadline
from shared.generation.ports import ModelUnavailable
from tests.support.stand_in import behaviours as b

if TYPE_CHECKING:
    from shared.azure_openai.model import AzureQuestionModel
    from shared.generation.ports import Task
    from tests.azure_openai.conftest import ModelWith
    from tests.support.stand_in import StandIn


class Clock:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def circuit(clock: Clock) -> Circuit:
    """Opens after three failures, probes after ten seconds."""
    return Circuit("a", 3, 10.0, clock)


def open_up(circuit: Circuit) -> None:
    for _ in range(3):
        circuit.failed(o.SERVER_ERROR, 0.0)


def test_it_opens_after_so_many_failures_in_a_row(circuit: Circuit) -> None:
    circuit.failed(o.SERVER_ERROR, 0.0)
    circuit.failed(o.TIMEOUT, 0.0)
    assert circuit.allows()
    circuit.failed(o.TIMEOUT, 0.0)
    assert not circuit.allows()
    assert circuit.reason is o.TIMEOUT


def test_it_stays_closed_while_a_success_may_still_be_on_its_way(
    circuit: Circuit, clock: Clock
) -> None:
    for _ in range(50):
        circuit.failed(o.SERVER_ERROR, 2.0)
    assert circuit.allows()
    clock.now = 2.0
    circuit.failed(o.SERVER_ERROR, 2.0)
    assert not circuit.allows()


def test_a_success_between_failures_starts_the_count_again(circuit: Circuit) -> None:
    for _ in range(5):
        circuit.failed(o.SERVER_ERROR, 0.0)
        circuit.failed(o.SERVER_ERROR, 0.0)
        circuit.succeeded()
    assert circuit.allows()


def test_only_one_request_probes_at_a_time(circuit: Circuit, clock: Clock) -> None:
    open_up(circuit)
    clock.now = 10.0
    assert circuit.allows()
    assert circuit.begin()
    assert not circuit.allows()
    clock.now = 25.0  # it hangs
    assert not circuit.allows()
    circuit.end_probe()
    assert circuit.allows()


def test_a_failed_probe_keeps_it_open_for_as_long_again(circuit: Circuit, clock: Clock) -> None:
    open_up(circuit)
    clock.now = 10.0
    circuit.begin()
    clock.now = 12.0
    circuit.failed(o.SERVER_ERROR, 0.0)
    assert circuit.seconds_to_probe() == 10.0


def test_a_successful_probe_closes_it(circuit: Circuit, clock: Clock) -> None:
    open_up(circuit)
    clock.now = 10.0
    circuit.begin()
    circuit.succeeded()
    assert circuit.allows()
    assert circuit.reason is None


def test_a_cancelled_probe_lets_another_follow_at_once(circuit: Circuit, clock: Clock) -> None:
    open_up(circuit)
    clock.now = 10.0
    circuit.begin()
    circuit.abandon_probe()
    assert circuit.allows()


def test_changes_are_logged_once_and_requests_are_not(
    circuit: Circuit, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for _ in range(9):
        circuit.failed(o.SERVER_ERROR, 0.0)
    clock.now = 10.0
    for _ in range(9):
        circuit.begin()
        circuit.succeeded()
    assert [r.getMessage().split()[0] for r in caplog.records] == [
        "circuit_opened",
        "circuit_closed",
    ]


async def test_a_dead_model_is_skipped_and_used_again_once_it_is_back(
    model_with: ModelWith, stand_in: StandIn, task: Task
) -> None:
    model = model_with(failures_to_open=2, probe_seconds=0.2)
    stand_in.behaviour = b.status(500)
    with pytest.raises(ModelUnavailable):
        await model.answer(task, Deadline(5))
    with pytest.raises(ModelUnavailable, match="circuit_open") as caught:
        await model.answer(task, Deadline(5))
    assert caught.value.effort.attempts == 0
    assert 0 < (caught.value.retry_after or 0) <= 0.2
    assert model.states()[0].condition is Condition.FAILING
    stand_in.behaviour = b.ok()
    await asyncio.sleep(0.2)
    assert (await model.answer(task, Deadline(5))).effort.attempts == 1
    assert model.states()[0].condition is Condition.READY


async def test_of_many_requests_only_one_probes_a_dead_model(
    model_with: ModelWith, stand_in: StandIn, task: Task
) -> None:
    model = model_with(failures_to_open=1, probe_seconds=0.2)
    stand_in.behaviour = b.latency(0.05, b.status(500))
    with pytest.raises(ModelUnavailable):
        await model.answer(task, Deadline(5))
    await asyncio.sleep(0.2)
    await asyncio.gather(
        *(model.answer(task, Deadline(5)) for _ in range(20)), return_exceptions=True
    )
    assert stand_in.received == 2


async def test_a_misconfigured_deployment_is_taken_back_once_it_is_mended(
    model_with: ModelWith, stand_in: StandIn, task: Task
) -> None:
    model = model_with(probe_seconds=0.1)
    stand_in.script([b.unauthorized()])
    with pytest.raises(ModelUnavailable):
        await model.answer(task, Deadline(5))
    await asyncio.sleep(0.1)
    await model.answer(task, Deadline(5))
    assert model.states()[0].condition is Condition.READY


async def test_refusals_and_rate_limits_are_signs_of_life(
    model_with: ModelWith, stand_in: StandIn, task: Task
) -> None:
    model: AzureQuestionModel = model_with(failures_to_open=2, max_attempts=1)
    for behaviour in (b.status(500), b.refusal(), b.status(500), b.rate_limited(0), b.status(500)):
        stand_in.script([behaviour])
        with pytest.raises(Exception, match=r"server_error|refusal|rate_limited"):
            await model.answer(task, Deadline(5))
    assert model.states()[0].condition is Condition.READY


async def test_a_deployment_that_takes_no_request_of_ours_is_skipped_as_well(
    model_with: ModelWith, stand_in: StandIn, task: Task
) -> None:
    model: AzureQuestionModel = model_with(failures_to_open=2)
    stand_in.behaviour = b.status(400)
    for reason in ("bad_request", "bad_request", "circuit_open"):
        with pytest.raises(ModelUnavailable, match=reason):
            await model.answer(task, Deadline(5))
    assert model.states()[0].condition is Condition.FAILING
    assert stand_in.received == 2
