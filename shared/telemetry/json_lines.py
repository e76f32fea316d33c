"""Log records as JSON, one object a line, by python-json-logger."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json
from pythonjsonlogger.json import JsonFormatter
from typing_extensions import override

from shared.telemetry.request_line import Line

if TYPE_CHECKING:
    import logging


class JsonLines(JsonFormatter):
    """`timestamp` (UTC, to the millisecond; first, so that lines sort), `level`, `logger`, fields.

    Our own lines, whose fields are known, take a shorter way to the same result.
    """

    def __init__(self) -> None:
        super().__init__(
            ["asctime", "levelname", "name", "message"],
            rename_fields={"asctime": "timestamp", "levelname": "level", "name": "logger"},
            json_serializer=_to_json,
        )

    @override
    def format(self, record: logging.LogRecord) -> str:
        if not isinstance(record.msg, Line):
            return super().format(record)
        head = {
            "timestamp": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
        }
        return _to_json(head | record.msg)

    @override
    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return f"{_second(int(record.created))}.{int(record.msecs):03}Z"


@lru_cache(maxsize=2)
def _second(timestamp: int) -> str:
    """Most lines are written in the second of the one before."""
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _to_json(fields: dict[str, Any], **_options: Any) -> str:
    """By the encoder that answers are written with: a third of the standard one's time."""
    return to_json(fields, fallback=str).decode()
