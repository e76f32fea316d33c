from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.app.service import Service

pytestmark = pytest.mark.smoke


def test_the_catalogue_lists_topics_by_part_and_category(service: Service) -> None:
    data = service.get("topics").json()["data"]

    assert [part["part"] for part in data["parts"]] == [1, 2, 3]
    assert all(
        group["category"] and group["topics"]
        for part in data["parts"]
        for group in part["categories"]
    )


def test_the_catalogue_has_at_least_two_hundred_topics(service: Service) -> None:
    assert service.get("topics").json()["data"]["total"] >= 200


def test_a_topic_of_the_catalogue_can_be_asked_for(service: Service) -> None:
    catalogue = service.get("topics").json()["data"]
    topic = catalogue["parts"][1]["categories"][0]["topics"][0]

    answer = service.ask(part=2, topic=topic, seed=1)  # whatever this subject had before

    assert answer.status_code == 200
    assert answer.json()["meta"]["topic_matched"] is True


def test_health_is_public_and_says_what_the_service_runs_on(service: Service) -> None:
    answer = service.get("health", roles=None)

    assert answer.status_code == 200
    assert answer.json()["data"]["alive"] is True
    assert answer.json()["data"]["ready"] is True
    assert answer.json()["data"]["runs_on"] in ("model", "bank")


def test_health_holds_no_address(service: Service) -> None:
    assert "http" not in service.get("health", roles=None).text
