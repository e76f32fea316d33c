from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from shared.azure_openai.backends import Backend, Kind
from shared.azure_openai.model import AzureQuestionModel
from shared.generation.generator import QuestionGenerator
from shared.ielts.bank.matching import close
from tests.support.stand_in import DEPLOYMENT, KEY, StandIn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

    from shared.ielts.bank.entries import BankEntry


def all_but_one(entries: Sequence[BankEntry]) -> tuple[str, ...]:
    """Topics to avoid that leave a single entry of these."""
    for entry in entries:
        avoid = tuple(other.topic for other in entries if other is not entry)
        if not close(entry, avoid):
            return avoid
    raise AssertionError("each entry is close to another")


@pytest.fixture(scope="session")
def running_stand_in() -> Iterator[StandIn]:
    with StandIn() as stand_in:
        yield stand_in


@pytest.fixture
def stand_in(running_stand_in: StandIn) -> Iterator[StandIn]:
    """A model server that is well again after each test."""
    yield running_stand_in
    running_stand_in.behaviour = "ok"
    running_stand_in.clear()


@pytest.fixture
async def model(stand_in: StandIn) -> AsyncIterator[AzureQuestionModel]:
    backend = Backend("stand-in", Kind.AZURE, stand_in.url, DEPLOYMENT, SecretStr(KEY))
    model = AzureQuestionModel((backend,))
    yield model
    await model.aclose()


@pytest.fixture
def generator(model: AzureQuestionModel) -> QuestionGenerator:
    return QuestionGenerator(model)


@pytest.fixture
def bank() -> QuestionGenerator:
    """A generator without a model."""
    return QuestionGenerator(None)
