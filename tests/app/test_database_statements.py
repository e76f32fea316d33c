"""What one question asks of the database, as PostgreSQL itself counts it."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest

from tests.support.app_database import app_database
from tests.support.postgres import USER, Postgres, running_postgres
from tests.support.running_app import PATIENT
from tests.support.stand_in import DEPLOYMENT, KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from tests.app.service import Service
    from tests.support.stand_in import StandIn

_PATIENCE_SECONDS = 20
_READS = 3
"""Which topics the candidate had, which questions of late, and whether one like this one."""
_WRITES = 2
"""What was given, and what the request took; those of the moment share a transaction."""


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    yield from running_postgres()


@pytest.fixture(scope="module")
def watched(
    start: Callable[..., AbstractContextManager[Service]], postgres: Postgres, stand_in: StandIn
) -> Iterator[Service]:
    """The app with a model, and a database that logs whatever the app asks it."""
    with start(
        "local",
        DATABASE_URL=app_database(postgres, f"ALTER ROLE {USER} SET log_statement = 'all'"),
        SUBJECT_KEY="key",
        AZURE_OPENAI_ENDPOINT=stand_in.url,
        AZURE_OPENAI_DEPLOYMENT=DEPLOYMENT,
        AZURE_OPENAI_API_KEY=KEY,
        GENERATION_DEADLINE_SECONDS=PATIENT,
    ) as service:
        yield service


def test_a_question_takes_three_reads_and_at_most_two_writes(
    watched: Service, postgres: Postgres
) -> None:
    token = watched.token_for("candidate")

    def ask(part: int) -> None:
        answer = watched.post(
            "generate-question", token=token, json={"part": part, "topic": "a park"}
        )
        assert answer.status_code == 200, answer.text
        assert answer.json()["meta"]["source"] == "model", answer.text

    ask(1)  # connects, and is remembered
    until(lambda: usage_records(postgres.log()) == 1)
    before = postgres.log()

    ask(2)
    ask(3)
    until(lambda: usage_records(postgres.log()) == 3)
    asked = postgres.log().removeprefix(before)

    assert count(r"execute [^:]*: SELECT", asked) == 2 * _READS
    assert count(r"statement: BEGIN", asked) <= 2 * _WRITES


def usage_records(log: str) -> int:
    return count(r"execute [^:]*: INSERT INTO usage", log)


def count(pattern: str, log: str) -> int:
    return len(re.findall(f"LOG:  {pattern}", log))


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
