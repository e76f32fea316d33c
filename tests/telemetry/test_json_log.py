"""The log as JSON lines (LOG_FORMAT=json)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.running_app import HOST_KINDS
from tests.support.stand_in import DEPLOYMENT, behaviours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.app.service import Service
    from tests.support.stand_in import StandIn
    from tests.telemetry.starting import Start

REQUEST_FIELDS = {
    "timestamp": str,
    "level": str,
    "logger": str,
    "event": str,
    "message": str,
    "method": str,
    "route": str,
    "status": int,
    "duration_ms": float,
    "request_id": str,
    "trace_id": str,
    "invocation_id": str,
    "subject": str,
    "roles": str,
    "user_agent": str,
    "source": str,
    "model": str,
    "deployment": str,
    "attempts": int,
    "wait_ms": float,
    "tokens": int,
    "repairs": int,
    "findings": type(None),
    "bank_reason": type(None),
    "error": type(None),
    "token": type(None),
}

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.fixture(scope="module", params=HOST_KINDS)
def service(request: pytest.FixtureRequest, start: Start) -> Iterator[Service]:
    with start(request.param, LOG_FORMAT="json") as service:
        yield service


def records(service: Service, request_id: str, event: str = "request") -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in service.logs().splitlines() if line.startswith("{")]
    return [
        line for line in lines if line.get("request_id") == request_id and line["event"] == event
    ]


def test_a_request_is_one_object_with_every_field_of_its_type(service: Service) -> None:
    headers = {"X-Request-ID": "typed", "traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"}
    service.post("generate-question", json={"part": 2}, headers=headers)

    [record] = records(service, "typed")

    assert {name: type(value) for name, value in record.items()} == REQUEST_FIELDS
    assert record["trace_id"] == TRACE


def test_a_refused_request_has_the_same_fields(service: Service) -> None:
    service.get("nowhere", roles=None, headers={"X-Request-ID": "lost"})

    [record] = records(service, "lost")

    assert set(record) == set(REQUEST_FIELDS)
    assert record["error"] == "not_found"
    assert record["subject"] is None


def test_a_failed_generation_says_what_it_took(start: Start, stand_in: StandIn) -> None:
    stand_in.script([behaviours.unauthorized()])
    with start(LOG_FORMAT="json", FALLBACK="error") as service:
        service.get("generate-question", headers={"X-Request-ID": "failed"})
        [record] = records(service, "failed")

    assert record["error"] == "unavailable"
    assert record["bank_reason"] == "unauthorized"
    assert record["deployment"] == DEPLOYMENT
    assert record["attempts"] == 1


@pytest.mark.parametrize("topic", [None, "a zebra crossing"])
def test_a_refused_prompt_says_what_it_took(
    start: Start, stand_in: StandIn, topic: str | None
) -> None:
    stand_in.script([behaviours.content_filter_prompt()])
    with start(LOG_FORMAT="json") as service:
        body = {"topic": topic} if topic else {}
        service.post("generate-question", json=body, headers={"X-Request-ID": "filtered"})
        [record] = records(service, "filtered")

    assert record["bank_reason"] == "content_filter"
    assert record["deployment"] == DEPLOYMENT
    assert record["attempts"] == 1


def test_the_time_is_utc_and_stands_first(service: Service) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    service.get("topics", headers={"X-Request-ID": "timed"})

    [record] = records(service, "timed")

    assert next(iter(record)) == "timestamp"
    assert datetime.fromisoformat(record["timestamp"]) >= before


def test_a_forged_user_agent_stays_inside_its_field(service: Service) -> None:
    agent = 'curl" status=200 {"event": "request"}'
    service.get("topics", headers={"X-Request-ID": "forged", "User-Agent": agent})

    [record] = records(service, "forged")

    assert record["user_agent"] == agent.replace(" ", "_")


def test_an_unforeseen_error_tells_where_and_not_what(service: Service) -> None:
    headers = {"X-Request-ID": "accident", "X-Words": "s3cr3t-words"}
    service.get("boom", roles=None, headers=headers)

    [record] = records(service, "accident", "unhandled_error")

    assert record["level"] == "ERROR"
    assert record["exception.type"] == "RuntimeError"
    assert "in boom" in record["exception.stacktrace"]
    assert "KeyError" in record["exception.stacktrace"]
    assert "s3cr3t" not in service.logs()


def test_a_librarys_line_is_json_too(service: Service) -> None:
    assert all(line.startswith("{") for line in service.logs().splitlines()[-5:])
