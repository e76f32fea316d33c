"""Spans on their way to Application Insights: a shorter one to the same result.

An envelope that the SDK has made of a span of one kind is the pattern for the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from azure.monitor.opentelemetry.exporter import AzureMonitorTraceExporter
from typing_extensions import override

from shared.telemetry.envelope import Envelope

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan

_FREE = (
    "gen_ai.usage.input_tokens",
    "gen_ai.usage.output_tokens",
    "ielts.wait_ms",
    "request_id",
)
"""Attributes that differ from span to span, and become properties as they are."""
_SAMPLE_RATE = "_MS.sampleRate"
"""The attribute in which the SDK's samplers say how many spans one stands for."""
_MOST_PATTERNS = 1000


class SpanExporter(AzureMonitorTraceExporter):
    """The exporter, but for how it makes the envelope of a span."""

    def __init__(self, connection_string: str) -> None:
        super().__init__(connection_string=connection_string)
        self._patterns: dict[Any, Envelope] = {}

    @override
    def _span_to_envelope(self, span: ReadableSpan) -> Any:
        if span.links or span.context is None or span.instrumentation_scope is None:
            return super()._span_to_envelope(span)
        attributes: dict[str, Any] = dict(span.attributes or {})
        properties = {name: str(attributes.pop(name)) for name in _FREE if name in attributes}
        sample_rate = attributes.pop(_SAMPLE_RATE, None)
        kind = (
            span.instrumentation_scope.name,
            span.kind,
            span.name,
            span.status.status_code,
            span.parent is None,
            sample_rate is None,
            *properties,
            *attributes.items(),
        )
        pattern = self._patterns.get(kind)
        if pattern is None:
            if len(self._patterns) >= _MOST_PATTERNS:
                self._patterns.clear()
            pattern = self._patterns[kind] = Envelope.of(super()._span_to_envelope(span))
        tags = {"ai.operation.id": f"{span.context.trace_id:032x}"}
        if span.parent is not None:
            tags["ai.operation.parentId"] = f"{span.parent.span_id:016x}"
        start = span.start_time or 0
        duration = _duration((span.end_time or start) - start)
        own = {"id": f"{span.context.span_id:016x}", "duration": duration}
        envelope = pattern.like(start, tags, own, properties)
        if sample_rate is not None:
            envelope["sampleRate"] = sample_rate
        return envelope


def _duration(nanoseconds: int) -> str:
    """Days, hours, minutes and seconds."""
    seconds, milliseconds = divmod((nanoseconds + 500_000) // 1_000_000, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return f"{days}.{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}"
