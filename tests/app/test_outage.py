"""The service on a PostgreSQL that is killed under it, and comes back."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.app_database import app_database
from tests.support.postgres import Postgres, running_postgres

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from tests.app.service import Service

_PATIENCE_SECONDS = 20


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    yield from running_postgres()


@pytest.fixture(scope="module")
def on_postgres(
    start: Callable[..., AbstractContextManager[Service]], postgres: Postgres
) -> Iterator[Service]:
    """The app with a migrated database of its own."""
    with start(
        "local",
        DATABASE_URL=app_database(postgres),
        DATABASE_TIMEOUT_SECONDS="1",
        SUBJECT_KEY="key",
    ) as service:
        yield service


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def memory(service: Service) -> str:
    health: dict[str, Any] = service.get("health", roles=None).json()["data"]
    return str(health["memory"])


def generated(service: Service) -> int:
    """Requests to /generate-question so far, as the operator sees them."""
    report = service.get("manage/usage", roles=("admin",), params={"group_by": "route"})
    groups = report.json()["data"]["groups"]
    counts: list[int] = [g["requests"] for g in groups if g["group"] == "generate-question"]
    return sum(counts)


def test_an_outage_costs_no_answer_and_no_record(on_postgres: Service, postgres: Postgres) -> None:
    token = on_postgres.token_for("candidate")

    def ask() -> Any:
        answer = on_postgres.post("generate-question", token=token)
        assert answer.status_code == 200
        return answer.json()["meta"].get("history")

    until(lambda: memory(on_postgres) == "ok")
    assert [ask() for _ in range(3)] == [None] * 3

    postgres.kill()
    assert [ask() for _ in range(5)] == ["unavailable"] * 5
    assert memory(on_postgres) == "unavailable"
    stored = on_postgres.get("history", token=token)
    assert stored.status_code == 503
    assert "Retry-After" in stored.headers

    postgres.start()
    until(lambda: memory(on_postgres) == "ok")
    until(lambda: generated(on_postgres) == 8)
    until(lambda: len(on_postgres.get("history", token=token).json()["data"]["items"]) == 8)
    assert ask() is None
