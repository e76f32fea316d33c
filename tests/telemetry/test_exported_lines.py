"""Our lines take a shorter way to Application Insights, to the same result."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest
from opentelemetry import context
from opentelemetry.instrumentation.logging.handler import LoggingHandler
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.resources import Resource
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from shared.telemetry.exported_lines import LineHandler
from shared.telemetry.request_line import Line
from tests.telemetry.starting import AT_HOME, QUICK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.ingestion import Ingestion

TRACE_PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
RESOURCE = Resource({"service.name": "questions", "service.version": "1.2.3"})


@pytest.fixture
def connection_string(ingestion: Ingestion, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name, value in {**AT_HOME, **QUICK}.items():
        monkeypatch.setenv(name, value)
    caller = TraceContextTextMapPropagator().extract({"traceparent": TRACE_PARENT})
    token = context.attach(caller)
    yield ingestion.connection_string
    context.detach(token)


@pytest.fixture
def long_way(connection_string: str) -> Iterator[logging.Handler]:
    """As azure-monitor-opentelemetry sets it up."""
    from azure.monitor.opentelemetry.exporter import AzureMonitorLogExporter  # noqa: PLC0415 - reads the environment

    provider = LoggerProvider(RESOURCE)
    exporter = AzureMonitorLogExporter(connection_string=connection_string)
    provider.add_log_record_processor(BatchLogRecordProcessor(exporter))
    yield LoggingHandler(logger_provider=provider)
    provider.shutdown()


@pytest.fixture
def short_way(connection_string: str, long_way: logging.Handler) -> Iterator[LineHandler]:
    handler = LineHandler(long_way, connection_string, RESOURCE)
    yield handler
    handler.provider.shutdown()


def record(message: object, level: int = logging.INFO, **fields: object) -> logging.LogRecord:
    """A record of one moment, as every record of it is."""
    made = logging.LogRecord("shared.request", level, __file__, 0, message, (), None)
    made.created = 1_790_000_000.25
    vars(made).update(fields)
    return made


def line(status: int) -> Line:
    """Some of a request's fields, of each type."""
    return Line(
        event="request",
        message=f"GET topics {status}",
        status=status,
        duration_ms=1.25,
        subject=None,
        user_agent="frontend/1",
    )


def fields_of(line: Line) -> dict[str, Any]:
    """As an exporter reads them from a record."""
    return {name: value for name, value in line.items() if value is not None and name != "message"}


def arrived(ingestion: Ingestion) -> list[dict[str, Any]]:
    return ingestion.wait_for(lambda got: len(got.items) >= 2).items


@pytest.mark.parametrize("level", [logging.INFO, logging.ERROR])
def test_each_line_arrives_as_the_sdk_would_have_sent_it(
    ingestion: Ingestion, short_way: LineHandler, long_way: logging.Handler, level: int
) -> None:
    lines = [line(200), line(500)]
    for each in lines:
        short_way.handle(record(each, level))
    by_us = arrived(ingestion)
    ingestion.items.clear()
    for each in lines:
        long_way.handle(record(each["message"], level, **fields_of(each)))
    by_the_sdk = arrived(ingestion)

    assert by_us == by_the_sdk


def test_any_other_record_is_left_to_the_sdk(ingestion: Ingestion, short_way: LineHandler) -> None:
    short_way.handle(record("a sentence"))
    short_way.handle(record("another", event="sentence"))

    messages = [item["data"]["baseData"]["message"] for item in arrived(ingestion)]

    assert sorted(messages) == ["a sentence", "another"]
