"""Traces and metrics by OpenTelemetry; imported only where they are switched on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from opentelemetry import context as otel_context
from opentelemetry import metrics, trace
from opentelemetry.trace import SpanKind, Status, StatusCode, format_trace_id
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from shared import __version__
from shared.telemetry.instruments import Instruments

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextvars import Token

    from opentelemetry.context import Context
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span

    from shared.telemetry.histograms import Histograms
    from shared.telemetry.request_line import Line

SCOPE = "ielts-speaking-questions"
"""What the app's signals name as their origin."""

_SERVER_ERROR = 500
_PROPAGATOR = TraceContextTextMapPropagator()


class Signals:
    """What this worker traces and counts.

    Args:
        spans: what makes spans, and exports them.
        histograms: what durations and tokens are recorded into.
        makes_requests: whether a request is a span of ours; behind the Functions host, which
            reports it already, it must not be.

    """

    def __init__(
        self, spans: TracerProvider, histograms: Histograms, *, makes_requests: bool
    ) -> None:
        self.spans = spans
        self._tracer = spans.get_tracer(SCOPE, __version__)
        self._makes_requests = makes_requests
        self.instruments = Instruments(metrics.get_meter(SCOPE, __version__), histograms)

    def begin_request(self, trace_parent: str, trace_state: str) -> RequestSignals:
        """Continue the caller's trace: what happens from now on in this task belongs to it."""
        context, span = _context(trace_parent, trace_state), None
        if self._makes_requests:
            span = self._tracer.start_span("request", context, SpanKind.SERVER)
            context = trace.set_span_in_context(span, context)
        return RequestSignals(self.instruments, context, span)

    @contextmanager
    def model_span(self, attributes: dict[str, Any]) -> Iterator[Span]:
        """A span around one answer of the model, whose attempts become its children."""
        with self._tracer.start_as_current_span(
            "chat",
            kind=SpanKind.CLIENT,
            attributes=attributes,
            # An exception's words may quote the model: its kind goes into error.type instead.
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            yield span


class RequestSignals:
    """The trace and the figures of one request.

    Attributes:
        trace_id: of its span, where it has one; else it is the caller's.

    """

    def __init__(self, instruments: Instruments, context: Context, span: Span | None) -> None:
        self._instruments = instruments
        self._span = span
        self._token: Token[Context] = otel_context.attach(context)
        self.trace_id = format_trace_id(span.get_span_context().trace_id) if span else None

    def end(self, line: Line) -> None:
        """Record what the request's log line says."""
        self._instruments.record_request(line)
        if self._span is not None:
            self._span.update_name(f"{line['method']} {line['route']}")
            self._span.set_attributes(_attributes(line))
            if line["status"] >= _SERVER_ERROR:
                self._span.set_status(Status(StatusCode.ERROR))
            self._span.end()
        otel_context.detach(self._token)


def _context(trace_parent: str, trace_state: str) -> Context:
    """The caller's trace, which Microsoft's worker has read already where it may."""
    current = otel_context.get_current()
    caller = trace.get_current_span(current).get_span_context()
    if trace_parent[3:52] == f"{caller.trace_id:032x}-{caller.span_id:016x}":
        return current
    return _PROPAGATOR.extract({"traceparent": trace_parent, "tracestate": trace_state})


def _attributes(line: Line) -> dict[str, Any]:
    """https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server."""
    attributes = {
        "http.request.method": line["method"],
        "http.route": line["route"],
        "http.response.status_code": line["status"],
        "error.type": line["error"],
        "enduser.pseudo.id": line["subject"],
        "request_id": line["request_id"],
        "source": line["source"],
    }
    return {name: value for name, value in attributes.items() if value is not None}
