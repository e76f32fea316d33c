"""What upstream says of itself is logged, stored and shown only where it looks like what it is."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from shared.azure_openai import outcomes as o
from shared.azure_openai.transport import LONGEST_ANSWER
from shared.deadline import Deadline
from shared.generation.ports import ModelUnavailable, Usage
from tests.support.stand_in import DEPLOYMENT, Behaviour, behaviours
from tests.support.stand_in.reply import Reply

if TYPE_CHECKING:
    from shared.azure_openai.model import AzureQuestionModel
    from shared.generation.ports import Task
    from tests.azure_openai.conftest import ModelWith
    from tests.support.stand_in import Deployment, Request, StandIn


def completion_with(**members: Any) -> Behaviour:
    """A good answer, but for these members of the completion."""

    def respond(request: Request, deployment: Deployment) -> Reply:
        good = behaviours.ok().respond(request, deployment)
        return replace(good, body=json.dumps({**json.loads(good.body), **members}).encode())

    return Behaviour("completion_with", respond)


@pytest.mark.parametrize(
    "name", ["gpt\n2026 ERROR a forged line", "=HYPERLINK(1)", "x" * 101, "", "g p t", 7, None, []]
)
async def test_a_model_name_that_is_none_gives_way_to_the_deployments(
    name: object, model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    stand_in.behaviour = completion_with(model=name)

    assert (await model.answer(task, Deadline(3))).model == DEPLOYMENT


@pytest.mark.parametrize("name", ["gpt-4.1-mini-2025-04-14", "meta-llama/Llama-3.3:70b", "phi_4"])
async def test_any_model_name_is_kept(
    name: str, model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    stand_in.behaviour = completion_with(model=name)

    assert (await model.answer(task, Deadline(3))).model == name


@pytest.mark.parametrize("count", [-1, 2**31, 10**30, 1.5, "7", None])
async def test_a_token_count_that_is_none_counts_as_nothing(
    count: object, model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    stand_in.behaviour = completion_with(usage={"total_tokens": count})

    assert (await model.answer(task, Deadline(3))).usage == Usage(0, 0, 0)


async def test_an_answer_that_does_not_end_is_not_read_to_its_end(
    model_with: ModelWith, stand_in: StandIn, task: Task
) -> None:
    endless = Reply(200, b" " * (LONGEST_ANSWER + 1))
    stand_in.behaviour = Behaviour("endless", lambda _request, _deployment: endless)
    model = model_with(attempt_seconds=30, max_attempts=1)

    with pytest.raises(ModelUnavailable) as caught:
        await model.answer(task, Deadline(60))

    assert caught.value.reason == o.CONNECTION_LOST.name


async def test_answers_are_asked_for_uncompressed(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    await model.answer(task, Deadline(3))

    [request] = stand_in.requests
    assert request.headers["accept-encoding"] == "identity"


async def test_the_model_gets_no_tools_and_nothing_else_is_asked_of_it(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    await model.answer(task, Deadline(3))

    [request] = stand_in.requests
    assert request.path.partition("?")[0].endswith("/chat/completions")
    assert not {"tools", "tool_choice", "functions", "web_search_options"} & request.body.keys()
