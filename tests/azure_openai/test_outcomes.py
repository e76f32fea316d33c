"""Every row of the table of outcomes, provoked by real HTTP."""

from __future__ import annotations

import asyncio
import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from shared.azure_openai import outcomes as o
from shared.azure_openai.deployment import Condition
from shared.deadline import Deadline
from shared.generation.ports import AnswerRefused, ModelError, ModelUnavailable, PromptRefused
from tests.support.certificate import make_certificate
from tests.support.stand_in import behaviours as b

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from shared.azure_openai.model import AzureQuestionModel
    from shared.generation.ports import Task
    from tests.azure_openai.conftest import MakeBackend, MakeModel, ModelWith
    from tests.support.stand_in import Behaviour, StandIn


class Row(NamedTuple):
    """An outcome, and what ends so if it always happens."""

    outcome: o.Outcome
    behaviour: Behaviour


BY_HTTP = [
    Row(o.LENGTH, b.length()),
    Row(o.ANSWER_FILTERED, b.content_filter_completion()),
    Row(o.REFUSAL, b.refusal()),
    Row(o.EMPTY, b.empty()),
    Row(o.EMPTY, b.empty("null")),
    Row(o.EMPTY, b.empty("choices")),
    Row(o.NOT_JSON, b.truncated_json()),
    Row(o.NOT_JSON, b.says("Here are your questions:")),
    Row(o.NOT_JSON, b.says('["a list"]')),
    Row(o.NOT_A_COMPLETION, b.html()),
    Row(o.PROMPT_FILTERED, b.content_filter_prompt()),
    Row(o.BAD_REQUEST, b.status(400)),
    Row(o.BAD_REQUEST, b.status(422)),
    Row(o.BAD_REQUEST, b.unsupported_parameter("messages")),
    Row(o.UNAUTHORIZED, b.unauthorized()),
    Row(o.FORBIDDEN, b.forbidden()),
    Row(o.NOT_FOUND, b.not_found()),
    Row(o.REDIRECTED, b.status(307, headers={"location": "/elsewhere"})),
    Row(o.QUOTA_EXHAUSTED, b.status(429, "insufficient_quota")),
    Row(o.RATE_LIMITED, b.rate_limited(60)),
    Row(o.REQUEST_TIMEOUT, b.status(408)),
    Row(o.CONFLICT, b.status(409)),
    Row(o.SERVER_ERROR, b.status(500)),
    Row(o.SERVER_ERROR, b.status(503)),
    Row(o.TIMEOUT, b.hang()),
    Row(o.TIMEOUT, b.slow_headers(3)),
    Row(o.TIMEOUT, b.slow_body(3)),
    Row(o.CONNECTION_LOST, b.reset()),
    Row(o.CONNECTION_LOST, b.reset_midway()),
    Row(o.CONNECTION_LOST, b.truncated_body()),
    Row(o.CONNECTION_LOST, b.garbage_bytes()),
]

ELSEWHERE = {
    o.ANSWER: "test_clients",
    o.UNSUPPORTED: "test_dialects",
    o.NO_TOKEN: "test_identity",
    o.UNTRUSTED: "below",
    o.DNS_FAILED: "below",
    o.CONNECTION_FAILED: "below",
}

ENDS_AS: dict[o.Then, type[ModelError]] = {
    o.Then.REFUSE_PROMPT: PromptRefused,
    o.Then.REFUSE_ANSWER: AnswerRefused,
    o.Then.MORE_ROOM: AnswerRefused,
    o.Then.COOL_DOWN: ModelUnavailable,
    o.Then.RETRY: ModelUnavailable,
    o.Then.FAIL_OVER: ModelUnavailable,
    o.Then.SET_ASIDE: ModelUnavailable,
}

RETRIED = [row for row in BY_HTTP if row.outcome.then is o.Then.RETRY]
SET_ASIDE = [row for row in BY_HTTP if row.outcome.then is o.Then.SET_ASIDE]


def row_id(row: Row) -> str:
    return f"{row.outcome.name}-{row.behaviour.name}"


def attempt_seconds(row: Row) -> float:
    """Short where nothing comes in time; elsewhere long enough for a machine that is busy."""
    return 0.5 if row.outcome is o.TIMEOUT else 10.0


@contextmanager
def garbage_kept() -> Iterator[list[Any]]:
    """Afterwards, the list is what only a search for garbage found."""
    garbage: list[Any] = []
    gc.collect()
    gc.disable()
    try:
        yield garbage
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        garbage.extend(gc.garbage)
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


def test_every_row_of_the_table_is_provoked_somewhere() -> None:
    assert {outcome for outcome, _ in BY_HTTP} | set(ELSEWHERE) == set(o.OUTCOMES)


def test_every_row_for_the_operator_says_what_to_check() -> None:
    for outcome in o.OUTCOMES:
        assert bool(outcome.check) == (outcome.then is o.Then.SET_ASIDE), outcome


@pytest.mark.parametrize("row", BY_HTTP, ids=row_id)
async def test_an_upstream_answer_ends_as_the_table_says(
    row: Row, model_with: ModelWith, stand_in: StandIn, task: Task
) -> None:
    stand_in.behaviour = row.behaviour
    model = model_with(attempt_seconds=attempt_seconds(row), max_attempts=2)
    with pytest.raises(ENDS_AS[row.outcome.then]) as caught:
        await model.answer(task, Deadline(20))
    assert caught.value.reason == row.outcome.name
    twice = row.outcome.then in {o.Then.RETRY, o.Then.MORE_ROOM}
    assert caught.value.effort.attempts == stand_in.received == (2 if twice else 1)


@pytest.mark.parametrize("row", BY_HTTP, ids=row_id)
async def test_no_error_is_left_behind_that_has_to_be_looked_for(
    row: Row, model_with: ModelWith, stand_in: StandIn, task: Task
) -> None:
    stand_in.behaviour = row.behaviour
    model = model_with(attempt_seconds=attempt_seconds(row), max_attempts=1)
    with garbage_kept() as garbage, pytest.raises(ModelError):
        await model.answer(task, Deadline(20))
    assert [error for error in garbage if isinstance(error, BaseException)] == []


@pytest.mark.parametrize("row", RETRIED, ids=row_id)
async def test_what_is_worth_retrying_is_retried(
    row: Row, model_with: ModelWith, stand_in: StandIn, task: Task
) -> None:
    stand_in.script([row.behaviour])
    answer = await model_with(attempt_seconds=attempt_seconds(row)).answer(task, Deadline(20))
    assert answer.effort.attempts == 2


@pytest.mark.parametrize("row", SET_ASIDE, ids=row_id)
async def test_what_only_the_operator_can_mend_is_said_once_and_not_asked_again(
    row: Row,
    model: AzureQuestionModel,
    stand_in: StandIn,
    task: Task,
    caplog: pytest.LogCaptureFixture,
) -> None:
    stand_in.behaviour = row.behaviour
    for _ in range(3):
        with pytest.raises(ModelUnavailable):
            await model.answer(task, Deadline(3))
    assert stand_in.received == 1
    assert model.states()[0].condition is Condition.MISCONFIGURED
    errors = [r for r in caplog.records if r.levelname == "ERROR"]
    assert [row.outcome.check in r.getMessage() for r in errors] == [True]


async def test_an_answer_that_was_cut_off_gets_one_more_try_with_more_room(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    stand_in.behaviour = b.length(until=task.max_output_tokens + 1)
    answer = await model.answer(task, Deadline(3))
    rooms = [request.room for request in stand_in.requests]
    assert rooms == [task.max_output_tokens, 4 * task.max_output_tokens]
    assert answer.usage is not None
    assert answer.usage.prompt_tokens == 2 * stand_in.requests[0].prompt_tokens


async def test_a_deployment_that_needed_more_room_has_it_from_then_on(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    stand_in.behaviour = b.length(until=task.max_output_tokens + 1)
    await model.answer(task, Deadline(5))
    answer = await model.answer(task, Deadline(5))
    assert stand_in.requests[-1].room == 4 * task.max_output_tokens
    assert answer.effort.attempts == 1


async def test_a_refused_connection_is_a_connection_failure(
    model_with: ModelWith, stand_in: StandIn, task: Task
) -> None:
    model = model_with(max_attempts=1)
    with stand_in.refusing(), pytest.raises(ModelUnavailable, match=o.CONNECTION_FAILED.name):
        await model.answer(task, Deadline(5))


async def test_a_host_without_an_address_is_a_dns_failure(
    make_model: MakeModel, make_backend: MakeBackend, task: Task
) -> None:
    model = make_model(make_backend(endpoint="http://nowhere.invalid"), max_attempts=1)
    with pytest.raises(ModelUnavailable, match=o.DNS_FAILED.name):
        await model.answer(task, Deadline(3))


@pytest.fixture
async def untrusted_server(tmp_path: Path) -> AsyncIterator[str]:
    """A TLS server whose certificate nobody has signed but itself."""
    context = make_certificate(tmp_path / "server.pem")
    server = await asyncio.start_server(lambda _r, w: w.close(), "127.0.0.1", 0, ssl=context)
    async with server:
        yield f"https://localhost:{server.sockets[0].getsockname()[1]}"


async def test_a_certificate_that_does_not_verify_sets_the_deployment_aside(
    untrusted_server: str, make_model: MakeModel, make_backend: MakeBackend, task: Task
) -> None:
    model = make_model(make_backend(endpoint=untrusted_server), attempt_seconds=2)
    with pytest.raises(ModelUnavailable, match=o.UNTRUSTED.name):
        await model.answer(task, Deadline(3))
    assert model.states()[0].condition is Condition.MISCONFIGURED


async def test_neither_errors_nor_logs_repeat_what_upstream_or_the_caller_said(
    model: AzureQuestionModel, stand_in: StandIn, task: Task, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "shared")
    told = []
    for _, behaviour in BY_HTTP[:20]:
        stand_in.script([behaviour])
        try:
            await model.answer(task, Deadline(0.5))
        except ModelError as error:
            told.append(repr(error) + str(vars(error)))
    ours = [r.getMessage() for r in caplog.records if r.name.startswith("shared")]
    assert told
    assert ours
    for secret in ("tea", "Write questions", "stand-in-key", "The stand-in was told to"):
        assert secret not in " ".join(told + ours)
