"""GET /manage/status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.stand_in import DEPLOYMENT, KEY, behaviours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.app.service import Service
    from tests.support.stand_in import StandIn
    from tests.telemetry.starting import Start


@pytest.fixture(scope="module")
def service(start: Start) -> Iterator[Service]:
    with start() as service:
        yield service


@pytest.mark.parametrize(("roles", "status"), [(("candidate",), 403), (("examiner",), 403)])
def test_only_admins_see_it(service: Service, roles: tuple[str, ...], status: int) -> None:
    assert service.get("manage/status", roles=roles).status_code == status


def test_it_says_version_uptime_and_deployments(service: Service) -> None:
    data = service.get("manage/status", roles=("admin",)).json()["data"]

    assert data["version"]
    assert data["uptime_seconds"] > 0
    [deployment] = data["deployments"]
    assert deployment["name"] == DEPLOYMENT
    assert deployment["condition"] == "ready"
    assert deployment["in_flight"] == deployment["waiting"] == 0


def test_it_counts_errors_by_code_and_names_the_last_request(service: Service) -> None:
    for request_id in ("one", "two"):
        service.get("nowhere", headers={"X-Request-ID": request_id})

    errors = service.get("manage/status", roles=("admin",)).json()["data"]["errors"]

    [error] = [error for error in errors if error["code"] == "not_found"]
    assert error["count"] == 2
    assert error["last_request_id"] == "two"


def test_it_counts_what_is_cached(service: Service) -> None:
    service.get("topics")

    caches = service.get("manage/status", roles=("admin",)).json()["data"]["caches"]

    assert caches["remembered_tokens"] >= 1
    assert caches["signing_keys"] == 1
    assert caches["pseudonyms"] >= 1


def test_records_that_wait_for_the_database_are_counted(start: Start) -> None:
    with start(DATABASE_URL="sqlite:////dev/null/store.sqlite3") as service:
        service.ask(part=2)
        outbox = service.get("manage/status", roles=("admin",)).json()["data"]["outbox"]

    assert outbox["waiting"] >= 1
    assert outbox["dropped"] == 0


def test_a_worker_without_a_memory_has_no_outbox(start: Start) -> None:
    with start(DATABASE_URL="", WEBSITE_SITE_NAME="questions") as service:
        data = service.get("manage/status", roles=("admin",)).json()["data"]

    assert data.get("outbox") is None


def test_it_shows_a_deployment_that_was_set_aside(start: Start, stand_in: StandIn) -> None:
    stand_in.script([behaviours.unauthorized()])
    with start() as service:
        service.ask(part=2)
        answer = service.get("manage/status", roles=("admin",))

    [deployment] = answer.json()["data"]["deployments"]
    assert (deployment["condition"], deployment["reason"]) == ("misconfigured", "unauthorized")
    assert KEY not in answer.text
    assert "127.0.0.1" not in answer.text
