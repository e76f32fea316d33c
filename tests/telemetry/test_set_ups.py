"""Who exports, by the app's settings; and that exporting never stands in an answer's way."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.support.ingestion import Arrived, Ingestion, properties_of
from tests.support.ports import free_port
from tests.support.running_app import HOST_KINDS, HostKind
from tests.telemetry.starting import EXPORTING, NONE, OWN, WORKER_RUN, SetUp
from tests.telemetry.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.service import Service
    from tests.telemetry.starting import Start

TRACE = "0af7651916cd43dd8448eb211c80319c"
OPTIONAL = ("opentelemetry", "azure.monitor", "sentry_sdk", "logstash_async", "pythonjsonlogger")


def test_indexing_imports_no_telemetry_that_is_not_switched_on(app_folder: Path) -> None:
    code = f"import sys, function_app; print([n for n in {OPTIONAL} if n in sys.modules])"

    outcome = subprocess.run(
        [sys.executable, "-c", code],
        cwd=app_folder,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )

    assert outcome.stdout.strip() == "[]"


@pytest.mark.parametrize("kind", HOST_KINDS)
def test_without_a_flag_the_host_gets_each_line_once_and_nothing_is_exported(
    start: Start, ingestion: Ingestion, kind: HostKind
) -> None:
    with start(kind, **NONE.settings(ingestion.connection_string)) as service:
        service.get("health", roles=None, headers={"X-Request-ID": "once"})

        assert service.logs().count("request_id=once") == 1
    assert ingestion.items == []


def test_a_flag_without_a_connection_string_exports_nothing(start: Start) -> None:
    with start(PYTHON_ENABLE_OPENTELEMETRY="true") as service:
        assert service.get("health", roles=None).status_code == 200

        assert "telemetry_not_started" not in service.logs()


def test_a_worker_that_was_to_export_and_does_not_is_reported(
    start: Start, ingestion: Ingestion
) -> None:
    settings = {**NONE.settings(ingestion.connection_string)}
    settings["PYTHON_APPLICATIONINSIGHTS_ENABLE_TELEMETRY"] = "true"
    with start("local", **settings) as service:
        assert service.get("health", roles=None).status_code == 200

        assert "telemetry_not_exported" in service.logs()


def test_a_wrong_connection_string_is_reported_without_its_value(start: Start) -> None:
    with start(**OWN.settings("InstrumentationKey=s3cr3t")) as service:
        assert service.get("health", roles=None).status_code == 200

        assert "telemetry_not_started what=application_insights" in service.logs()
        assert "s3cr3t" not in service.logs()


@pytest.mark.parametrize(("kind", "set_up"), EXPORTING, ids=lambda p: getattr(p, "name", p))
def test_behind_the_functions_host_a_request_is_reported_by_the_host_alone(
    start: Start, ingestion: Ingestion, kind: HostKind, set_up: SetUp
) -> None:
    caller = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"}
    settings = set_up.settings(ingestion.connection_string)
    with start(kind, **settings, WEBSITE_SITE_NAME="questions") as service:
        service.post("generate-question", json={"part": 1}, headers=caller)
        arrived = ingestion.wait_for(
            lambda got: got.lines() and any("chat" in str(span) for span in got.spans(TRACE))
        )

    [line] = arrived.lines()
    [chat] = [s for s in arrived.spans(TRACE) if s["data"]["baseData"]["name"].startswith("chat")]
    assert arrived.of("RequestData") == []
    assert line["tags"]["ai.operation.id"] == TRACE
    assert line["tags"]["ai.operation.parentId"] == chat["tags"]["ai.operation.parentId"]
    assert line["tags"]["ai.cloud.role"] == chat["tags"]["ai.cloud.role"]


def test_what_is_sampled_out_still_leaves_its_lines(start: Start, ingestion: Ingestion) -> None:
    settings = OWN.settings(ingestion.connection_string) | {"OTEL_TRACES_SAMPLER": "always_off"}
    with start(**settings) as service:
        service.ask(part=1)
        arrived = ingestion.wait_for(lambda got: got.lines() and got.metrics())

    assert arrived.of("RequestData") == []
    assert arrived.of("RemoteDependencyData") == []


def test_metrics_can_be_switched_off(start: Start, ingestion: Ingestion) -> None:
    settings = OWN.settings(ingestion.connection_string)
    with start(**settings, OTEL_METRICS_EXPORTER="none") as service:
        service.get("health", roles=None)
        ingestion.wait_for(lambda got: got.lines())

    assert not any(name.startswith("ielts") for name in Arrived(ingestion.items).metrics())


def test_the_exported_logger_can_be_narrowed(start: Start, ingestion: Ingestion) -> None:
    settings = OWN.settings(ingestion.connection_string)
    with start(**settings, PYTHON_APPLICATIONINSIGHTS_LOGGER_NAME="shared.model_call") as service:
        service.ask(part=1)
        arrived = ingestion.wait_for(lambda got: got.lines("model_call"))

    assert {properties_of(item)["event"] for item in arrived.of("MessageData")} == {"model_call"}


@pytest.mark.skipif("worker" not in HOST_KINDS, reason="needs Microsoft's worker library")
def test_where_every_logger_is_exported_our_lines_arrive_once_and_with_their_fields(
    start: Start, ingestion: Ingestion
) -> None:
    settings = WORKER_RUN.settings(ingestion.connection_string)
    del settings["PYTHON_APPLICATIONINSIGHTS_LOGGER_NAME"]
    with start("worker", **settings) as service:
        service.get("health", roles=None, headers={"X-Request-ID": "once"})
        ingestion.wait_for(lambda got: got.lines(request_id="once"))

    [line] = Arrived(ingestion.items).lines(request_id="once")
    assert properties_of(line)["route"] == "health"


@pytest.mark.parametrize("behaviour", ["error", "hang"])
def test_an_ingestion_that_fails_or_hangs_stands_in_nobodys_way(
    exporting: Service, ingestion: Ingestion, behaviour: str
) -> None:
    ingestion.behaviour = behaviour

    answers = [
        exporting.get("health", roles=None, headers={"X-Request-ID": f"kept-{number}."})
        for number in range(5)
    ]

    assert [answer.status_code for answer in answers] == [200] * 5
    assert all(exporting.logs().count(f"request_id=kept-{number}.") == 1 for number in range(5))
    ingestion.recover()
    ingestion.wait_for(lambda got: len(got.lines()) == 5)


def test_an_ingestion_that_is_away_is_reported_sparingly_and_without_its_address(
    start: Start,
) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}/"
    key = "InstrumentationKey=00000000-0000-0000-0000-00000000c0de"
    with start(**OWN.settings(f"{key};IngestionEndpoint={nowhere}")) as service:
        for _ in range(4):
            service.get("health", roles=None)
            time.sleep(0.3)  # long enough for an attempt to export
        wait_until(lambda: "Retrying due to" in service.logs())

        [report] = [line for line in service.logs().splitlines() if "Retrying due to" in line]
    assert "127.0.0.1" not in report
