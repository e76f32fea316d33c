"""A parameter that a deployment refuses is left out, and the deployment remembered for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shared.deadline import Deadline
from shared.generation.ports import ModelUnavailable
from tests.support.stand_in import DEPLOYMENT
from tests.support.stand_in import behaviours as b

if TYPE_CHECKING:
    from shared.azure_openai.model import AzureQuestionModel
    from shared.generation.ports import Task
    from tests.support.stand_in import StandIn


ONLY_LATER_VERSIONS = (
    "response_format value as json_schema is enabled only for api versions 2024-08-01-preview "
    "and later"
)
"""As such versions say it: https://github.com/langgenius/dify/issues/8994."""


@pytest.mark.parametrize(
    ("refused", "instead"),
    [
        ({"temperature"}, {"max_completion_tokens"}),
        ({"max_completion_tokens"}, {"max_tokens", "temperature"}),
        ({"temperature", "max_completion_tokens"}, {"max_tokens"}),
    ],
)
async def test_a_refused_parameter_is_dropped_for_this_and_all_later_requests(
    refused: set[str],
    instead: set[str],
    model: AzureQuestionModel,
    stand_in: StandIn,
    task: Task,
) -> None:
    stand_in.deployments[DEPLOYMENT].unsupported = frozenset(refused)
    first = await model.answer(task, Deadline(3))
    second = await model.answer(task, Deadline(3))
    assert (first.effort.attempts, second.effort.attempts) == (1 + len(refused), 1)
    sent = set(stand_in.requests[-1].fields)
    assert sent == instead | {"model", "messages", "response_format"}


async def test_without_schemas_the_schema_is_put_in_words_and_json_asked_for(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    stand_in.script([b.unsupported_parameter("response_format")])
    await model.answer(task, Deadline(3))
    fields = stand_in.requests[-1].fields
    assert fields["response_format"] == {"type": "json_object"}
    assert '"questions"' in fields["messages"][-1]["content"]


async def test_an_old_api_version_that_names_no_parameter_gets_json_mode_as_well(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    stand_in.script([b.status(400, "BadRequest", message=ONLY_LATER_VERSIONS)])
    answer = await model.answer(task, Deadline(3))
    assert answer.effort.attempts == 2
    assert stand_in.requests[-1].fields["response_format"] == {"type": "json_object"}


async def test_a_parameter_that_cannot_be_left_out_is_a_bad_request(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    stand_in.deployments[DEPLOYMENT].unsupported = frozenset(
        {"max_completion_tokens", "max_tokens"}
    )
    with pytest.raises(ModelUnavailable, match="bad_request"):
        await model.answer(task, Deadline(3))
    assert stand_in.received == 2


async def test_a_schema_outside_the_strict_subset_is_not_hidden_by_doing_without(
    model: AzureQuestionModel,
    stand_in: StandIn,
    task: Task,
    caplog: pytest.LogCaptureFixture,
) -> None:
    loose = type(task)(task.name, task.messages, {"type": "object", "properties": {}}, 100)
    for _ in range(2):
        with pytest.raises(ModelUnavailable, match="bad_request"):
            await model.answer(loose, Deadline(3))
    assert stand_in.received == 2
    assert [r.getMessage() for r in caplog.records if r.levelname == "ERROR"] == [
        f"request_rejected deployment={DEPLOYMENT} status=400 code=None"
    ]
