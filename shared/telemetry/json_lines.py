"""Log records as JSON, one object a line, by python-json-logger."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json
from pythonjsonlogger.json import JsonFormatter
from typing_extensions import override

from shared.telemetry.request_line import Line

if TYPE_CHECKING:
    import logging


class JsonLines(JsonFormatter):
    """`timestamp` (UTC, to the millisecond; first, so that lines sort), `level`, `logger`, fields.

    Our own lines take a shorter way to the same result: a third of the time.
    """

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__(
            ["asctime", "levelname", "name", "message"],
            rename_fields={"asctime": "timestamp", "levelname": "level", "name": "logger"},
            json_serializer=_to_json,
        )

    @override
    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        if isinstance(record.msg, Line):
            log_data["timestamp"] = record.asctime
            log_data["level"] = record.levelname
            log_data["logger"] = record.name
            log_data.update(record.msg)
        else:
            super().add_fields(log_data, record, message_dict)


def _to_json(fields: dict[str, Any], **_options: Any) -> str:
    """By the encoder that answers are written with: a third of the standard one's time."""
    return to_json(fields, fallback=str).decode()
