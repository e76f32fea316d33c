"""What the service remembers, as a frontend sees it."""

from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.stand_in import DEPLOYMENT, KEY, StandIn, behaviours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tests.app.service import Answer, Service


@pytest.fixture
def anna(service: Service) -> str:
    """A candidate's token."""
    return service.token_for("candidate")


@pytest.fixture
def boris(service: Service) -> str:
    return service.token_for("candidate")


def history(service: Service, token: str, **params: Any) -> Any:
    return service.get("history", token=token, params=params).json()["data"]


def keyed(service: Service, token: str, key: str, **body: Any) -> Answer:
    """POST /generate-question under an Idempotency-Key."""
    return service.post(
        "generate-question", token=token, json=body, headers={"Idempotency-Key": key}
    )


def test_the_history_lists_what_was_given_the_newest_first(service: Service, anna: str) -> None:
    given = [
        service.post("generate-question", token=anna, json={"part": part}).json()["data"]
        for part in (1, 2, 3)
    ]

    items = history(service, anna)["items"]

    assert [entry["item"]["topic"] for entry in items] == [item["topic"] for item in given[::-1]]
    assert items[1]["item"]["cue_card"] == given[1]["cue_card"]


def test_the_history_comes_page_by_page(service: Service, anna: str) -> None:
    service.post("generate-question", token=anna, json={"count": 5})

    first = history(service, anna, limit=3)
    second = history(service, anna, limit=3, before=first["next"])

    ids = [entry["id"] for entry in (*first["items"], *second["items"])]
    assert len(set(ids)) == 5
    assert "next" not in second


def test_the_history_is_the_callers_own(service: Service, anna: str, boris: str) -> None:
    service.post("generate-question", token=anna)

    assert history(service, boris)["items"] == []


@pytest.mark.parametrize("params", [{"limit": 0}, {"limit": 101}, {"before": "x"}, {"page": 2}])
def test_a_page_that_cannot_be_is_422(service: Service, params: dict[str, Any]) -> None:
    assert service.get("history", params=params).status_code == 422


def test_erasure_takes_everything_of_the_caller_and_nothing_of_others(
    service: Service, anna: str, boris: str
) -> None:
    test_id = service.post("generate-test", token=anna).json()["data"]["test_id"]
    keyed(service, anna, "before", part=1)
    service.post("generate-question", token=boris)

    erased = service.request("DELETE", "history", token=anna)

    assert erased.json()["data"] == {"items": 6}
    assert history(service, anna)["items"] == []
    assert service.get(f"tests/{test_id}", token=anna).status_code == 404
    assert keyed(service, anna, "before", part=2).status_code == 200
    assert len(history(service, boris)["items"]) == 1


def test_a_test_is_frozen_as_it_was_generated(service: Service, anna: str) -> None:
    generated = service.post("generate-test", token=anna).json()

    frozen = service.get(f"tests/{generated['data']['test_id']}", token=anna).json()

    assert frozen["data"] == generated["data"]
    assert frozen["meta"]["source"] == generated["meta"]["source"]


@pytest.mark.parametrize(
    ("role", "status"), [("candidate", 404), ("examiner", 200), ("admin", 200)]
)
def test_a_test_of_another_is_for_examiners_and_admins(
    service: Service, anna: str, role: str, status: int
) -> None:
    test_id = service.post("generate-test", token=anna).json()["data"]["test_id"]

    assert service.get(f"tests/{test_id}", roles=(role,)).status_code == status


@pytest.mark.parametrize(
    "test_id", ["1", "00000000-0000-0000-0000-000000000000", "%00", "a' OR '1'='1"]
)
def test_a_test_that_is_not_there_is_404(service: Service, test_id: str) -> None:
    assert service.get(f"tests/{test_id}", roles=("admin",)).status_code == 404


def test_the_same_key_and_body_give_the_same_answer(service: Service, anna: str) -> None:
    first = keyed(service, anna, "k", part=2)
    second = keyed(service, anna, "k", part=2)

    assert second.content == first.content
    assert second.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert len(history(service, anna)["items"]) == 1


def test_a_quoted_key_and_a_default_spelt_out_make_no_difference(
    service: Service, anna: str
) -> None:
    assert keyed(service, anna, '"k"').content == keyed(service, anna, "k", part=2).content


def test_the_key_works_for_a_mock_test_too(service: Service, anna: str) -> None:
    headers = {"Idempotency-Key": "k"}
    first, second = (
        service.post("generate-test", token=anna, headers=headers).json()["data"]["test_id"]
        for _ in range(2)
    )

    assert first == second


def test_the_same_key_with_another_body_is_422(service: Service, anna: str) -> None:
    keyed(service, anna, "k", part=2)

    answer = keyed(service, anna, "k", part=3)

    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "idempotency_key_reused"


def test_a_key_is_the_callers_own(service: Service, anna: str, boris: str) -> None:
    mine = keyed(service, anna, "k")

    assert keyed(service, boris, "k").content != mine.content


def test_a_refused_request_leaves_its_key_free(service: Service, anna: str) -> None:
    assert keyed(service, anna, "k", topic="the general election").status_code == 422

    assert keyed(service, anna, "k", topic="a journey").status_code == 200


@pytest.mark.parametrize("key", ["", "two words", "x" * 256, '"half-quoted', 'half-quoted"'])
def test_a_malformed_key_is_422(service: Service, anna: str, key: str) -> None:
    answer = keyed(service, anna, key)

    assert answer.status_code == 422
    assert answer.json()["error"]["details"][0]["field"] == "Idempotency-Key"


def test_while_the_first_request_runs_the_second_is_409(
    service_with_model: Service, stand_in: StandIn
) -> None:
    token = service_with_model.token_for("candidate")
    stand_in.behaviour = behaviours.latency(1.5)
    calls = len(stand_in.requests)
    with ThreadPoolExecutor(2) as both:
        answers = list(
            both.map(lambda _: keyed(service_with_model, token, "k", topic="a journey"), range(2))
        )
    stand_in.behaviour = "ok"

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    [refused] = [answer for answer in answers if answer.status_code == 409]
    assert refused.json()["error"]["code"] == "still_running"
    assert int(refused.headers["Retry-After"]) >= 1
    assert len(stand_in.requests) == calls + 1
    assert keyed(service_with_model, token, "k", topic="a journey").status_code == 200


def test_on_two_workers_at_once_a_key_makes_one_model_call(
    start: Callable[..., AbstractContextManager[Service]], stand_in: StandIn, tmp_path: Path
) -> None:
    settings = {
        "AZURE_OPENAI_ENDPOINT": stand_in.url,
        "AZURE_OPENAI_DEPLOYMENT": DEPLOYMENT,
        "AZURE_OPENAI_API_KEY": KEY,
        "DATABASE_URL": f"sqlite:///{tmp_path}/store.sqlite3",
        "SUBJECT_KEY": "shared",
    }
    with start("local", **settings) as one, start("local", **settings) as other:
        for worker in (one, other):
            worker.ask(part=1)
        token = one.token_for("candidate")
        calls = len(stand_in.requests)
        with ThreadPoolExecutor(2) as both:
            answers = list(both.map(lambda worker: keyed(worker, token, "k"), (one, other)))
        again = keyed(other, token, "k")

    assert {answer.status_code for answer in answers} <= {200, 409}
    assert again.content == next(a for a in answers if a.status_code == 200).content
    assert len(stand_in.requests) == calls + 1


@pytest.fixture(scope="module")
def frugal(
    start: Callable[..., AbstractContextManager[Service]],
    stand_in: StandIn,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Service]:
    """A service that asks what it has before it asks the model; its database is its own."""
    with start(
        "local",
        AZURE_OPENAI_ENDPOINT=stand_in.url,
        AZURE_OPENAI_DEPLOYMENT=DEPLOYMENT,
        AZURE_OPENAI_API_KEY=KEY,
        DATABASE_URL=f"sqlite:///{tmp_path_factory.mktemp('frugal')}/store.sqlite3",
        LIBRARY="first",
        MODEL_PRICES='{"gpt": {"prompt": 1, "completion": 2}}',
    ) as service:
        yield service


def library(service: Service, role: str = "examiner", **params: Any) -> Any:
    return service.get("library", roles=(role,), params=params).json()["data"]


def test_the_model_is_paid_once_for_a_question(frugal: Service, stand_in: StandIn) -> None:
    first = frugal.ask(part=3, topic="a journey").json()
    calls = len(stand_in.requests)
    second = frugal.ask(part=3, topic="a journey").json()

    assert (first["meta"]["source"], second["meta"]["source"]) == ("model", "library")
    assert second["data"] == first["data"]
    assert len(stand_in.requests) == calls


def test_examiners_list_the_library_and_retire_from_it(frugal: Service) -> None:
    frugal.ask(part=1, topic="cooking")
    [entry] = library(frugal, part=1)["items"]
    assert entry["topic"] == "cooking"
    assert entry["model"]
    assert entry["prompt_version"]

    retired = frugal.request("DELETE", f"library/{entry['id']}", roles=("examiner",))

    assert retired.json()["data"] == {"id": entry["id"]}
    assert library(frugal, part=1)["items"][0]["retired"] is True
    assert frugal.ask(part=1, topic="cooking").json()["meta"]["source"] == "model"


@pytest.mark.parametrize("item_id", ["0" * 32, "x", "%00"])
def test_retiring_what_is_not_there_is_404(frugal: Service, item_id: str) -> None:
    answer = frugal.request("DELETE", f"library/{item_id}", roles=("admin",))

    assert answer.status_code == 404


@pytest.mark.parametrize(("method", "path"), [("GET", "library"), ("DELETE", "library/x")])
def test_candidates_have_no_business_in_the_library(
    service: Service, method: str, path: str
) -> None:
    assert service.request(method, path).status_code == 403


def usage(service: Service) -> dict[str, Any]:
    """What was asked of /generate-question."""
    params = {"group_by": "route"}
    report = service.get("manage/usage", roles=("admin",), params=params).json()["data"]
    groups: dict[str, dict[str, Any]] = {group["group"]: group for group in report["groups"]}
    return groups["generate-question"]


def test_usage_counts_requests_shares_tokens_and_cost(frugal: Service) -> None:
    frugal.ask(part=2, topic="music")
    frugal.ask(part=2, topic="music")
    frugal.ask(part=7)

    group = usage(frugal)
    while not group["errors"]:  # no answer waits until its request is written down
        group = usage(frugal)
    assert group["requests"] >= 3
    assert group["errors"] == 1
    assert group["model_share"] > 0
    assert group["library_share"] > 0
    assert group["p50_ms"] <= group["p95_ms"]
    expected = (group["prompt_tokens"] + 2 * group["completion_tokens"]) / 1_000_000
    assert group["estimated_cost"] == pytest.approx(expected, abs=1e-6)


def test_usage_is_to_be_had_as_csv(frugal: Service) -> None:
    answer = frugal.get("manage/usage", roles=("admin",), headers={"Accept": "text/csv"})

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    [row] = csv.DictReader(io.StringIO(answer.text))
    assert int(row["requests"]) > 0
    assert row["estimated_cost"]


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"from": "yesterday"}, "from"),
        ({"to": "2026-02-30"}, "to"),
        ({"from": "2026-02-02", "to": "2026-02-01"}, "from"),
        ({"from": "2020-01-01"}, "from"),
        ({"to": "1700000000"}, "to"),
        ({"group_by": "subject"}, "group_by"),
        ({"from_": "2026-01-01"}, "from_"),
    ],
)
def test_a_report_that_cannot_be_is_422(
    service: Service, params: dict[str, str], field: str
) -> None:
    answer = service.get("manage/usage", roles=("admin",), params=params)

    assert answer.status_code == 422
    assert answer.json()["error"]["details"][0]["field"] == field


def test_the_first_of_all_days_can_be_asked_for(service: Service) -> None:
    answer = service.get("manage/usage", roles=("admin",), params={"to": "0001-01-01"})

    assert answer.json()["data"]["from"] == "0001-01-01"


@pytest.mark.parametrize("role", ["candidate", "examiner"])
def test_usage_is_for_admins(service: Service, role: str) -> None:
    assert service.get("manage/usage", roles=(role,)).status_code == 403


STORED = [
    ("GET", "history"),
    ("DELETE", "history"),
    ("GET", "library"),
    ("DELETE", f"library/{'0' * 32}"),
    ("GET", "tests/00000000-0000-0000-0000-000000000000"),
    ("GET", "manage/usage"),
]


@pytest.fixture(scope="module")
def forgetful(start: Callable[..., AbstractContextManager[Service]]) -> Iterator[Service]:
    """A service whose database is away."""
    with start(
        "local", DATABASE_URL="postgresql://app:s3cr3t@127.0.0.1:9/none", SUBJECT_KEY="key"
    ) as service:
        yield service


def test_without_its_database_the_service_goes_on_generating(forgetful: Service) -> None:
    token = forgetful.token_for("candidate")
    for answer in (
        forgetful.ask(part=2),
        forgetful.post("generate-test"),
        keyed(forgetful, token, "k"),
    ):
        assert answer.status_code == 200
        assert answer.json()["meta"]["history"] == "unavailable"


def test_without_its_database_health_is_degraded(forgetful: Service) -> None:
    answer = forgetful.get("health", roles=None)

    assert answer.status_code == 200
    assert answer.json()["data"]["status"] == "degraded"
    assert answer.json()["data"]["memory"] == "unavailable"


@pytest.mark.parametrize(("method", "path"), STORED)
def test_without_its_database_stored_things_are_503(
    forgetful: Service, method: str, path: str
) -> None:
    answer = forgetful.request(method, path, roles=("admin",))

    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "store_unavailable"
    assert int(answer.headers["Retry-After"]) >= 1


def test_the_database_s_address_and_password_are_logged_nowhere(forgetful: Service) -> None:
    forgetful.ask()

    assert "store_unavailable" in forgetful.logs()
    assert "s3cr3t" not in forgetful.logs()
    assert "127.0.0.1:9" not in forgetful.logs()


def test_in_azure_without_a_database_the_service_remembers_nothing_and_says_so(
    start: Callable[..., AbstractContextManager[Service]],
) -> None:
    with start("local", WEBSITE_SITE_NAME="app") as service:
        asked = service.ask(part=2)
        health = service.get("health", roles=None).json()["data"]
        stored = service.get("history")

    assert asked.status_code == 200
    assert "history" not in asked.json()["meta"]
    assert (health["memory"], health["status"]) == ("none", "ok")
    assert stored.status_code == 503
    assert "DATABASE_URL" in stored.json()["message"]
