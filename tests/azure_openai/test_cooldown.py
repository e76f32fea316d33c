"""After a 429 the whole worker leaves the deployment alone; the queue goes on in order."""

from __future__ import annotations

import asyncio
import email.utils
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from shared.azure_openai.deployment import Condition
from shared.deadline import Deadline
from shared.generation.ports import Message, ModelUnavailable, Task
from tests.support.stand_in import Behaviour, Deployment
from tests.support.stand_in import behaviours as b

if TYPE_CHECKING:
    from shared.azure_openai.model import AzureQuestionModel
    from tests.azure_openai.conftest import MakeBackend, MakeModel, ModelWith
    from tests.support.stand_in import Request, StandIn
    from tests.support.stand_in.reply import Reply


def numbered(task: Task, number: int) -> Task:
    messages = (*task.messages[:1], Message("user", f"Topic: number {number}"))
    return Task(task.name, messages, task.schema, task.max_output_tokens)


@pytest.mark.parametrize(
    "named",
    [
        {"retry_after": 0.2},
        {"retry_after": None, "retry_after_ms": 200},
        {"retry_after": 60, "retry_after_ms": 200},
    ],
)
async def test_a_request_that_can_wait_goes_on_at_the_time_that_was_named(
    named: dict[str, Any], model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    stand_in.script([b.rate_limited(**named)])
    answer = await model.answer(task, Deadline(5))
    first, second = stand_in.requests
    seconds = second.arrived_at - first.arrived_at
    assert seconds >= 0.195
    assert answer.effort.attempts == 2
    assert 0 < answer.effort.wait_ms <= 1000 * seconds


@pytest.mark.parametrize("named", [0, None])
async def test_a_429_that_names_no_time_does_not_become_a_hail_of_requests(
    named: int | None, model_with: ModelWith, stand_in: StandIn, task: Task
) -> None:
    stand_in.behaviour = b.rate_limited(named)
    model = model_with(backoff_seconds=0.2, max_backoff_seconds=0.2, max_attempts=2)
    with pytest.raises(ModelUnavailable, match="rate_limited"):
        await model.answer(task, Deadline(5))
    first, second = stand_in.requests
    assert second.arrived_at - first.arrived_at >= 0.09


async def test_a_time_named_as_a_date_is_kept(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    at = email.utils.formatdate(time.time() + 30, usegmt=True)
    stand_in.script([b.rate_limited(at)])
    with pytest.raises(ModelUnavailable) as caught:
        await model.answer(task, Deadline(5))
    assert caught.value.retry_after is not None
    assert 25 < caught.value.retry_after < 60


async def test_a_429_without_a_time_is_kept_until_the_spent_quota_is_whole_again(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    reset = {"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "55"}
    stand_in.script([b.status(429, headers=reset)])
    with pytest.raises(ModelUnavailable, match="rate_limited"):
        await model.answer(task, Deadline(20))
    assert stand_in.received == 1
    assert model.states()[0].seconds_left > 50


async def test_a_429_that_names_nothing_but_resets_is_kept_until_the_later_of_them(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    resets = {"x-ratelimit-reset-requests": "1", "x-ratelimit-reset-tokens": "55"}
    stand_in.script([b.status(429, headers=resets)])
    with pytest.raises(ModelUnavailable, match="rate_limited"):
        await model.answer(task, Deadline(20))
    assert stand_in.received == 1


async def test_of_two_spent_quotas_the_later_reset_counts(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    left = {
        "x-ratelimit-remaining-requests": "0",
        "x-ratelimit-reset-requests": "1",
        "x-ratelimit-remaining-tokens": "0",
        "x-ratelimit-reset-tokens": "9",
    }
    stand_in.script([with_headers(left)])
    await model.answer(task, Deadline(5))
    assert model.states()[0].seconds_left > 8


async def test_a_cooldown_longer_than_the_deadline_is_an_answer_at_once_for_everybody(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    stand_in.behaviour = b.rate_limited(30)
    for _ in range(3):
        with pytest.raises(ModelUnavailable) as caught:
            await model.answer(task, Deadline(5))
        assert caught.value.retry_after is not None
        assert caught.value.retry_after > 25
    assert stand_in.received == 1
    assert model.states()[0].condition is Condition.COOLING_DOWN


async def test_a_wait_longer_than_the_setting_allows_is_not_begun_either(
    model_with: ModelWith, stand_in: StandIn, task: Task
) -> None:
    stand_in.behaviour = b.rate_limited(3)
    with pytest.raises(ModelUnavailable):
        await model_with(max_wait_seconds=1).answer(task, Deadline(60))
    assert stand_in.received == 1


async def test_requests_wait_in_order_and_the_first_refused_keeps_its_place(
    model_with: ModelWith, stand_in: StandIn, task: Task
) -> None:
    model = model_with()
    stand_in.script([b.rate_limited(0.2)])
    waiting = []
    for number in range(3):
        waiting.append(asyncio.create_task(model.answer(numbered(task, number), Deadline(8))))
        await stand_in.until(lambda: stand_in.received == 1)
        await asyncio.sleep(0.01)
    assert model.states()[0].waiting == 3
    for answer in asyncio.as_completed(waiting):
        await answer
    topics = [request.user_text for request in stand_in.requests]
    assert topics == ["Topic: number 0", *(f"Topic: number {n}" for n in range(3))]


async def test_others_go_elsewhere_while_a_deployment_cools_down(
    make_model: MakeModel, make_backend: MakeBackend, stand_in: StandIn, task: Task
) -> None:
    stand_in.deployments["spare"] = Deployment("spare")
    model = make_model(make_backend(), make_backend("spare", priority=1))
    stand_in.script([b.rate_limited(30)], "stand-in")
    answers = [await model.answer(task, Deadline(5)) for _ in range(3)]
    assert [answer.effort.deployment for answer in answers] == ["spare"] * 3
    assert [answer.effort.attempts for answer in answers] == [2, 1, 1]


async def test_a_spent_quota_is_left_alone_before_upstream_has_to_refuse(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    left = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "0.5"}
    stand_in.script([with_headers(left)])
    began = time.monotonic()
    await model.answer(task, Deadline(5))
    answer = await model.answer(task, Deadline(5))
    assert stand_in.requests[1].arrived_at - began >= 0.5
    assert answer.effort.attempts == 1


async def test_tokens_left_for_no_further_request_count_as_spent(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    left = {"x-ratelimit-remaining-tokens": "300", "x-ratelimit-reset-tokens": "500ms"}
    stand_in.script([with_headers(left)])
    await model.answer(task, Deadline(5))
    assert model.states()[0].condition is Condition.COOLING_DOWN
    assert (await model.answer(task, Deadline(5))).effort.attempts == 1


async def test_the_scarcer_of_requests_and_tokens_counts(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    left = {
        "x-ratelimit-remaining-requests": "0",
        "x-ratelimit-reset-requests": "30",
        "x-ratelimit-remaining-tokens": "90000",
        "x-ratelimit-reset-tokens": "30",
    }
    stand_in.script([with_headers(left)])
    await model.answer(task, Deadline(5))
    with pytest.raises(ModelUnavailable, match="overloaded"):
        await model.answer(task, Deadline(5))


async def test_what_is_left_of_the_quota_is_used(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    left = {"x-ratelimit-remaining-requests": "2", "x-ratelimit-reset-requests": "30"}
    stand_in.script([with_headers(left)])
    for _ in range(3):
        await model.answer(task, Deadline(5))
    with pytest.raises(ModelUnavailable, match="overloaded"):
        await model.answer(task, Deadline(5))
    assert stand_in.received == 3


def with_headers(headers: dict[str, str]) -> Behaviour:
    """An answer with these headers besides."""
    ok = b.ok()

    def respond(request: Request, deployment: Deployment) -> Reply:
        reply = ok.respond(request, deployment)
        return replace(reply, headers={**reply.headers, **headers})

    return Behaviour("with_headers", respond)
