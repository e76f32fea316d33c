from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.app.service import Service


def line_of(service: Service, request_id: str) -> str:
    """The one canonical line of a request."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        lines = [
            line
            for line in service.logs().splitlines()
            if f"request_id={request_id}" in line and " status=" in line
        ]
        if lines:
            [line] = lines
            return line
        time.sleep(0.02)
    raise AssertionError(f"no line for {request_id} in\n{service.logs()}")


def test_an_answered_request_leaves_one_line(service: Service) -> None:
    service.get("topics", headers={"X-Request-ID": "answered"})

    line = line_of(service, "answered")

    for field in ("method=GET", "route=topics", "status=200", "duration_ms=", "roles=candidate"):
        assert field in line


@pytest.mark.parametrize(
    ("path", "error"), [("generate-question?part=9", "invalid_request"), ("nowhere", "not_found")]
)
def test_a_refused_request_leaves_one_line_with_its_code(
    service: Service, path: str, error: str
) -> None:
    service.get(path, headers={"X-Request-ID": f"refused-{error}"})

    assert f"error={error}" in line_of(service, f"refused-{error}")


def test_the_subject_appears_as_a_keyed_hash_only(service: Service) -> None:
    service.get("topics", headers={"X-Request-ID": "hashed"})

    assert "subject=" in line_of(service, "hashed")
    assert "someone" not in service.logs()


def test_a_user_agent_cannot_forge_a_field(service: Service) -> None:
    agent = "curl status=500 request_id=forged"

    service.get("topics", headers={"X-Request-ID": "agent", "User-Agent": agent})

    assert " status=500" not in line_of(service, "agent")


def test_a_user_agent_is_logged_without_what_may_be_an_address_or_a_token(
    service: Service,
) -> None:
    agent = f"Bot/1.0 (+mailto:someone.else@mail.example) {service.token_for('candidate')} Linux"

    service.get("topics", headers={"X-Request-ID": "masked", "User-Agent": agent})

    assert "user_agent=Bot/1.0_***_***_Linux" in line_of(service, "masked")


def test_only_roles_that_the_service_knows_are_logged(service: Service) -> None:
    service.get(
        "topics",
        roles=("examiner", "someone.else@mail.example", "x status=500", "candidate"),
        headers={"X-Request-ID": "roles"},
    )

    assert "roles=candidate,examiner " in line_of(service, "roles")


def test_neither_token_nor_topic_is_logged(service: Service) -> None:
    token = service.token_for("candidate")

    service.post("generate-question", json={"topic": "a zebra crossing"}, token=token)

    assert token not in service.logs()
    assert "zebra" not in service.logs()
