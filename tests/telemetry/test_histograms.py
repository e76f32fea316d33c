"""Our histograms arrive at Application Insights as the SDK's own would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource

from shared.telemetry.histograms import Histograms
from tests.telemetry.starting import AT_HOME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.ingestion import Ingestion

RESOURCE = Resource({"service.name": "questions", "service.version": "1.2.3"})
TOPICS = (("http.route", "topics"), ("http.response.status_code", 200))
HEALTH = (("http.route", "health"), ("http.response.status_code", 200))


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in AT_HOME.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def histograms(ingestion: Ingestion) -> Histograms:
    return Histograms(ingestion.connection_string)


@pytest.fixture
def ours(histograms: Histograms) -> Iterator[MeterProvider]:
    provider = histograms.start(RESOURCE, "questions")
    yield provider
    provider.shutdown()


@pytest.fixture
def theirs(ingestion: Ingestion) -> Iterator[MeterProvider]:
    from azure.monitor.opentelemetry.exporter import AzureMonitorMetricExporter  # noqa: PLC0415 - reads the environment

    exporter = AzureMonitorMetricExporter(connection_string=ingestion.connection_string)
    provider = MeterProvider([PeriodicExportingMetricReader(exporter)], RESOURCE)
    yield provider
    provider.shutdown()


def arrived(ingestion: Ingestion) -> list[dict[str, Any]]:
    """What has arrived, but for when it was exported."""
    items = [{**item, "time": None} for item in ingestion.items]
    ingestion.items.clear()
    return items


def test_what_was_recorded_arrives_as_from_the_sdk(
    ingestion: Ingestion, histograms: Histograms, ours: MeterProvider, theirs: MeterProvider
) -> None:
    our = histograms.create("ielts.request.duration", "s")
    their = theirs.get_meter("questions").create_histogram("ielts.request.duration", "s")
    for value, attributes in [(0.5, TOPICS), (2.0, HEALTH), (0.25, TOPICS), (1.0, TOPICS)]:
        our.record(value, *attributes)
        their.record(value, dict(attributes))

    ours.force_flush()
    by_us = arrived(ingestion)
    theirs.force_flush()

    assert len(by_us) == 2
    assert by_us == arrived(ingestion)


def test_nothing_is_exported_twice(
    ingestion: Ingestion, histograms: Histograms, ours: MeterProvider
) -> None:
    histogram = histograms.create("ielts.request.duration", "s")
    histogram.record(0.5, *TOPICS)
    ours.force_flush()
    ingestion.items.clear()

    histogram.record(2.0, *TOPICS)
    ours.force_flush()

    [item] = ingestion.items
    [point] = item["data"]["baseData"]["metrics"]
    assert (point["count"], point["value"], point["min"], point["max"]) == (1, 2.0, 2.0, 2.0)


def test_what_is_left_at_the_end_is_exported(
    ingestion: Ingestion, histograms: Histograms, ours: MeterProvider
) -> None:
    histograms.create("ielts.request.duration", "s").record(0.5, *TOPICS)

    ours.shutdown()

    assert len(ingestion.items) == 1
