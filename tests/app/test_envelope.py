from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.app.service import Answer, Service

pytestmark = pytest.mark.smoke

UUID = "0b9e5c1e-7f0e-4c4e-9a53-3d8a3b5f2c11"


def success(service: Service) -> Answer:
    return service.ask(part=1)


def failure(service: Service) -> Answer:
    return service.get("no-such-thing")


def refusal(service: Service) -> Answer:
    return service.get("topics", roles=None)


@pytest.mark.parametrize("call", [success, failure, refusal])
def test_every_answer_carries_the_same_headers(service: Service, call: object) -> None:
    assert callable(call)
    answer: Answer = call(service)

    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Request-ID"]


def test_success_has_status_data_and_meta(service: Service) -> None:
    answer = success(service)

    assert answer.json().keys() == {"status", "data", "meta"}
    assert answer.json()["status"] == "success"
    assert answer.json()["meta"]["request_id"] == answer.headers["X-Request-ID"]


def test_an_error_has_status_message_error_and_request_id(service: Service) -> None:
    assert failure(service).json().keys() == {"status", "message", "error", "request_id"}


@pytest.mark.parametrize("request_id", ["a", "A-b_c.9", "x" * 64, UUID])
def test_a_well_formed_request_id_is_kept(service: Service, request_id: str) -> None:
    answer = service.get("health", headers={"X-Request-ID": request_id})

    assert answer.headers["X-Request-ID"] == request_id


@pytest.mark.parametrize(
    "request_id", ["", "x" * 65, "two words", "semi;colon", 'quote"', "a/b", "né", "{id}", "%0a"]
)
def test_any_other_request_id_is_replaced(service: Service, request_id: str) -> None:
    answer = service.get("health", headers={"X-Request-ID": request_id.encode("latin-1")})

    assert str(uuid.UUID(answer.headers["X-Request-ID"])) != request_id
