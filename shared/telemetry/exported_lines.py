"""Our own lines on their way to Application Insights: a shorter one to the same result.

An envelope that the SDK has made of a line of one kind is the pattern for the next.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from azure.monitor.opentelemetry.exporter import AzureMonitorLogExporter
from opentelemetry._logs import LogRecord
from opentelemetry.context import get_current
from opentelemetry.instrumentation.log_utils import std_to_otel
from opentelemetry.sdk._logs import (
    LoggerProvider,
    LogRecordLimits,
    ReadableLogRecord,
    ReadWriteLogRecord,
)
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from typing_extensions import override

from shared.telemetry.envelope import Envelope
from shared.telemetry.request_line import Line

if TYPE_CHECKING:
    from opentelemetry.sdk.resources import Resource

_LIMITS = LogRecordLimits()


class LineHandler(logging.Handler):
    """Exports our lines itself, and leaves any other record to the handler that it replaces.

    Attributes:
        provider: what holds lines until a batch of them leaves.

    """

    def __init__(
        self, replaced: logging.Handler, connection_string: str, resource: Resource
    ) -> None:
        super().__init__()
        self._replaced = replaced
        self._resource = resource
        self._scope = cache(InstrumentationScope)
        self._batches = BatchLogRecordProcessor(_LineExporter(connection_string))
        self.provider = LoggerProvider(resource)
        self.provider.add_log_record_processor(self._batches)

    @override
    def emit(self, record: logging.LogRecord) -> None:
        if not isinstance(record.msg, Line):
            self._replaced.handle(record)
            return
        timestamp = int(record.created * 1e9)
        line = _LineRecord(
            timestamp=timestamp,
            observed_timestamp=timestamp,
            context=get_current(),
            severity_number=std_to_otel(record.levelno),
            body=record.msg,
            attributes={},
        )
        # A logger of the SDK's would do the same, but for what nobody will read.
        self._batches.on_emit(_Emitted(line, self._resource, self._scope(record.name), _LIMITS))


class _LineRecord(LogRecord):
    """Whoever copies it, to keep it, may have it."""

    def __copy__(self) -> Self:
        return self


class _Emitted(ReadWriteLogRecord):
    """Has no attributes that would have to be bounded: a line is a record's body."""

    @override
    def __post_init__(self) -> None:
        return


class _LineExporter(AzureMonitorLogExporter):
    """The exporter, but for how it makes the envelope of a line."""

    def __init__(self, connection_string: str) -> None:
        super().__init__(connection_string=connection_string)
        self._patterns: dict[Any, Envelope] = {}

    @override
    def _log_to_envelope(self, readable_log_record: ReadableLogRecord) -> Any:
        record = readable_log_record.log_record
        scope = readable_log_record.instrumentation_scope
        kind = (scope.name if scope else None, record.severity_number)
        pattern = self._patterns.get(kind)
        if pattern is None:
            pattern = Envelope.of(super()._log_to_envelope(readable_log_record))
            self._patterns[kind] = pattern
        line: Any = record.body
        fields = {name: str(value) for name, value in line.items() if value is not None}
        return pattern.like(
            record.timestamp,
            {
                "ai.operation.id": f"{record.trace_id or 0:032x}",
                "ai.operation.parentId": f"{record.span_id or 0:016x}",
            },
            {"message": fields.pop("message")},
            fields,
        )
