"""The app with a model behind it: real SDK, real HTTP, a server that speaks Azure OpenAI."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.running_app import PATIENT
from tests.support.stand_in import DEPLOYMENT, KEY, StandIn, behaviours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tests.app.service import Service


@pytest.fixture(autouse=True)
def _well_behaved(stand_in: StandIn) -> Iterator[None]:
    yield
    stand_in.behaviour = "ok"
    stand_in.clear()


@pytest.mark.parametrize("part", [1, 2, 3])
def test_the_question_comes_from_the_model(service_with_model: Service, part: int) -> None:
    answer = service_with_model.ask(part=part, topic="a journey").json()

    assert answer["meta"]["source"] == "model"
    assert answer["meta"]["model"]
    assert answer["meta"]["prompt_version"]
    assert answer["data"]["topic"] == "a journey"


def test_meta_counts_the_tokens(service_with_model: Service) -> None:
    usage = service_with_model.ask(part=2).json()["meta"]["usage"]

    assert usage["prompt_tokens"] > 0
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]


def test_what_it_took_is_for_admins(service_with_model: Service) -> None:
    told, untold = (
        service_with_model.post("generate-question", json={"part": 2}, roles=(role,)).json()["meta"]
        for role in ("admin", "candidate")
    )

    assert (told["deployment"], told["attempts"]) == (DEPLOYMENT, 1)
    assert told["wait_ms"] >= 0
    assert not untold.keys() & {"deployment", "attempts", "wait_ms"}


def test_health_says_that_it_runs_on_the_model(service_with_model: Service) -> None:
    answer = service_with_model.get("health", roles=None)

    assert answer.json()["data"]["runs_on"] == "model"
    assert "127.0.0.1" not in answer.text
    assert DEPLOYMENT not in answer.text


@pytest.mark.parametrize(
    "fault", ["reset", "html", "truncated_json", "refusal", "empty", "wrong_schema", "not_found"]
)
def test_whatever_goes_wrong_upstream_the_bank_answers(
    start: Callable[..., AbstractContextManager[Service]],
    stand_in: StandIn,
    fault: str,
    tmp_path: Path,
) -> None:
    stand_in.behaviour = fault
    with start(
        "local",
        DATABASE_URL=f"sqlite:///{tmp_path / 'store.sqlite3'}",  # a library without an item
        AZURE_OPENAI_ENDPOINT=stand_in.url,
        AZURE_OPENAI_DEPLOYMENT=DEPLOYMENT,
        AZURE_OPENAI_API_KEY=KEY,
        GENERATION_DEADLINE_SECONDS=PATIENT,
    ) as service:
        answer = service.ask(part=2)

    assert stand_in.received >= 1
    assert answer.status_code == 200
    assert answer.json()["meta"]["source"] == "bank"


def test_with_fallback_error_a_dead_model_is_503_with_retry_after(
    start: Callable[..., AbstractContextManager[Service]],
) -> None:
    with start(
        "local",
        AZURE_OPENAI_ENDPOINT="http://127.0.0.1:9",
        AZURE_OPENAI_DEPLOYMENT=DEPLOYMENT,
        AZURE_OPENAI_API_KEY=KEY,
        GENERATION_DEADLINE_SECONDS=PATIENT,
        FALLBACK="error",
    ) as service:
        answer = service.ask(part=2)
        assert "bank_reason=connection_failed" in service.logs()

    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "unavailable"
    assert int(answer.headers["Retry-After"]) >= 1


def test_a_topic_that_the_content_filter_refuses_is_422(
    service_with_model: Service, stand_in: StandIn
) -> None:
    stand_in.script([behaviours.content_filter_prompt()])

    answer = service_with_model.ask(part=2, topic="a quiet street")

    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "content_filtered"


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        (
            {"AZURE_OPENAI_DEPLOYMENT": DEPLOYMENT, "AZURE_OPENAI_API_VERSION": "2024-10-21"},
            f"/openai/deployments/{DEPLOYMENT}/chat/completions",
        ),
        ({"AZURE_OPENAI_DEPLOYMENT": DEPLOYMENT}, "/openai/v1/chat/completions"),
    ],
    ids=["classic", "v1"],
)
def test_both_path_styles_of_azure_are_spoken(
    start: Callable[..., AbstractContextManager[Service]],
    stand_in: StandIn,
    settings: dict[str, str],
    path: str,
) -> None:
    azure = {"AZURE_OPENAI_ENDPOINT": stand_in.url, "AZURE_OPENAI_API_KEY": KEY}
    with start("local", **azure, **settings) as service:
        meta = service.ask(part=2).json()["meta"]

    assert meta["source"] == "model"
    assert stand_in.requests[-1].path.split("?")[0] == path


def test_any_openai_compatible_server_does(
    start: Callable[..., AbstractContextManager[Service]], stand_in: StandIn
) -> None:
    with start(
        "local",
        OPENAI_BASE_URL=f"{stand_in.url}/v1",
        OPENAI_API_KEY=KEY,
        OPENAI_MODEL=DEPLOYMENT,
    ) as service:
        assert service.ask(part=3).json()["meta"]["source"] == "model"


def test_the_client_is_made_once_per_worker(service_with_model: Service, stand_in: StandIn) -> None:
    service_with_model.ask(part=1)
    before = stand_in.connections_made

    for _ in range(5):
        assert service_with_model.ask(part=1).json()["meta"]["source"] == "model"

    assert stand_in.connections_made == before


def test_health_is_degraded_while_a_deployment_is_misconfigured(
    start: Callable[..., AbstractContextManager[Service]], stand_in: StandIn
) -> None:
    with start(
        "local",
        AZURE_OPENAI_ENDPOINT=stand_in.url,
        AZURE_OPENAI_DEPLOYMENT=DEPLOYMENT,
        AZURE_OPENAI_API_KEY="wrong",
    ) as service:
        before = service.get("health", roles=None).json()["data"]
        service.ask(part=2)
        after = service.get("health", roles=None).json()["data"]
        logs = service.logs()

    assert (before["status"], before["deployments"][0]["condition"]) == ("ok", "ready")
    assert (after["status"], after["deployments"][0]["condition"]) == ("degraded", "misconfigured")
    assert "API key" in logs
