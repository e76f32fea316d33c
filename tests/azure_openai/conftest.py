"""A stand-in server, models over it with short times, and proof that nothing is left running."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from pydantic import SecretStr

from shared.azure_openai.backends import Backend, Kind, PressureSettings
from shared.azure_openai.model import AzureQuestionModel
from shared.generation.ports import Message, Task
from tests.support.stand_in import DEPLOYMENT, KEY, StandIn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

SCHEMA = {
    "type": "object",
    "properties": {"questions": {"type": "array", "items": {"type": "string"}}},
    "required": ["questions"],
    "additionalProperties": False,
}


class MakeModel(Protocol):
    """Makes a model over backends, with settings fit for tests unless told otherwise."""

    def __call__(self, *backends: Backend, **settings: Any) -> AzureQuestionModel: ...


class MakeBackend(Protocol):
    """Makes a backend of the stand-in; `name` is the deployment asked, too."""

    def __call__(self, name: str = DEPLOYMENT, **changes: Any) -> Backend: ...


ModelWith = Callable[..., AzureQuestionModel]


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with StandIn() as server:
        yield server


@pytest.fixture
def task() -> Task:
    messages = (Message("system", "Write questions."), Message("user", "Topic: tea"))
    return Task("frame", messages, SCHEMA, max_output_tokens=400, temperature=0.7)


@pytest.fixture
def make_backend(stand_in: StandIn) -> MakeBackend:
    def make(name: str = DEPLOYMENT, **changes: Any) -> Backend:
        given = {"kind": Kind.AZURE, "endpoint": stand_in.url, "api_key": SecretStr(KEY)}
        return Backend(**{"name": name, "deployment": name, **given, **changes})

    return make


@pytest.fixture
async def make_model() -> AsyncIterator[MakeModel]:
    made: list[AzureQuestionModel] = []

    def make(*backends: Backend, **settings: Any) -> AzureQuestionModel:
        quick = {
            "useful_seconds": 0.05,
            "backoff_seconds": 0.01,
            "max_backoff_seconds": 0.02,
            "failing_seconds": 0.0,
        }
        model = AzureQuestionModel(backends, PressureSettings(**{**quick, **settings}))
        model.build_clients()  # importing the SDK would use up the short deadlines
        made.append(model)
        return model

    yield make
    for model in made:
        assert all(state.in_flight == state.waiting == 0 for state in model.states())
        await model.aclose()
    assert asyncio.all_tasks() == {asyncio.current_task()}


@pytest.fixture
def model_with(make_model: MakeModel, make_backend: MakeBackend) -> ModelWith:
    """A model over one deployment of the stand-in, with these settings."""
    return lambda **settings: make_model(make_backend(), **settings)


@pytest.fixture
def model(model_with: ModelWith) -> AzureQuestionModel:
    """A model over one deployment of the stand-in."""
    return model_with()
