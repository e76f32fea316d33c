"""Spans take a shorter way to Application Insights, to the same result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Link, SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from shared.telemetry.exported_spans import SpanExporter
from tests.support.ingestion import Ingestion
from tests.telemetry.starting import AT_HOME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from opentelemetry.trace import Tracer

TRACE_PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
CALLER = TraceContextTextMapPropagator().extract({"traceparent": TRACE_PARENT})
START = 1_790_000_000_250_000_000
DAY = 86_400 * 10**9


@pytest.fixture
def ingestion_of_the_sdk() -> Iterator[Ingestion]:
    with Ingestion() as ingestion:
        yield ingestion


@pytest.fixture
def provider(
    ingestion: Ingestion, ingestion_of_the_sdk: Ingestion, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TracerProvider]:
    """Exports each span both ways."""
    for name, value in AT_HOME.items():
        monkeypatch.setenv(name, value)
    from azure.monitor.opentelemetry.exporter import AzureMonitorTraceExporter  # noqa: PLC0415 - reads the environment

    provider = TracerProvider(
        resource=Resource({"service.name": "questions", "service.version": "1.2.3"})
    )
    for exporter in (
        SpanExporter(ingestion.connection_string),
        AzureMonitorTraceExporter(connection_string=ingestion_of_the_sdk.connection_string),
    ):
        provider.add_span_processor(BatchSpanProcessor(exporter))
    yield provider
    provider.shutdown()


def answers_of_the_model(tracer: Tracer) -> None:
    for tokens in (93, 94):
        span = tracer.start_span("chat", CALLER, SpanKind.CLIENT, start_time=START)
        span.set_attributes(
            {
                "gen_ai.operation.name": "chat",
                "gen_ai.system": "azure.ai.openai",
                "gen_ai.usage.output_tokens": tokens,
                "ielts.attempts": 1,
                "ielts.wait_ms": tokens / 10,
            }
        )
        span.update_name("chat main")
        span.end(START + tokens * 10**7)


def attempts_upstream(tracer: Tracer) -> None:
    for status in (200, 503, 200):
        span = tracer.start_span("POST", CALLER, SpanKind.CLIENT, start_time=START)
        span.set_attributes(
            {"http.method": "POST", "http.url": "/chat", "http.status_code": status}
        )
        if status >= 500:
            span.set_status(StatusCode.ERROR)
        span.end(START + 3 * DAY)


def requests(tracer: Tracer) -> None:
    for number, subject in enumerate(("someone", "someone", "another")):
        span = tracer.start_span("request", CALLER, SpanKind.SERVER, start_time=START)
        span.set_attributes(
            {
                "http.request.method": "GET",
                "http.route": "topics",
                "http.response.status_code": 200,
                "enduser.pseudo.id": subject,
                "request_id": f"request-{number}",
            }
        )
        span.end()


def requests_without_a_caller(tracer: Tracer) -> None:
    for caller in (CALLER, None):
        tracer.start_span("request", caller, SpanKind.SERVER).end()


def samples(tracer: Tracer) -> None:
    for rate in (12.5, None, 25.0):
        span = tracer.start_span("chat", CALLER, SpanKind.CLIENT)
        if rate is not None:
            span.set_attribute("_MS.sampleRate", rate)
        span.end()


def spans_with_links(tracer: Tracer) -> None:
    for _ in range(2):
        linked = tracer.start_span("linked", CALLER)
        link = Link(linked.get_span_context())
        tracer.start_span("chat", CALLER, SpanKind.CLIENT, links=[link]).end()


def exceptions(tracer: Tracer) -> None:
    for status in (StatusCode.UNSET, StatusCode.ERROR):
        span = tracer.start_span("chat", CALLER, SpanKind.CLIENT)
        span.set_status(status)
        span.record_exception(RuntimeError("no answer"))
        span.end()


@pytest.mark.parametrize(
    "make",
    [
        answers_of_the_model,
        attempts_upstream,
        requests,
        requests_without_a_caller,
        samples,
        spans_with_links,
        exceptions,
    ],
)
def test_each_span_arrives_as_the_sdk_would_have_sent_it(
    ingestion: Ingestion,
    ingestion_of_the_sdk: Ingestion,
    provider: TracerProvider,
    make: Callable[[Tracer], None],
) -> None:
    make(provider.get_tracer("questions"))

    provider.force_flush()

    assert spans_of(ingestion)
    assert spans_of(ingestion) == spans_of(ingestion_of_the_sdk)


def spans_of(ingestion: Ingestion) -> list[dict[str, Any]]:
    """What has arrived, but for the SDK's word on the process."""
    return [item for item in ingestion.items if item["data"]["baseType"] != "MetricData"]
