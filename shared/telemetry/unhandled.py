"""An error that nobody foresaw: where it happened is recorded, what it says is not.

An exception's own words can quote what a caller sent or what a model answered, so of each
exception in the chain only the class and the places in the code are kept.
"""

from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING

from shared.telemetry.active import ACTIVE, TRACE_ID
from shared.telemetry.pseudonym import pseudonym

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.http.call import Call

logger = logging.getLogger("shared.unhandled")


def record_unhandled(call: Call, error: Exception) -> None:
    """Log the error, and report it where a reporter is switched on."""
    kind, frames = type(error).__qualname__, frames_of(error)
    logger.error(
        "unhandled_error request_id=%s error=%s\n%s",
        call.request_id,
        kind,
        frames,
        extra={
            "event": "unhandled_error",
            "request_id": call.request_id,
            "trace_id": TRACE_ID.get(),
            "route": call.declaration.route,
            # By these names OpenTelemetry knows an exception:
            # https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-logs/
            "exception.type": kind,
            "exception.stacktrace": frames,
        },
    )
    if ACTIVE.report_error is not None:
        subject = pseudonym(call.principal.subject) if call.principal else None
        try:
            ACTIVE.report_error(error, call.request_id, subject)
        except Exception as failure:  # noqa: BLE001 - reporting must not change the answer
            logger.warning("error_not_reported error=%s", type(failure).__qualname__)


def frames_of(error: BaseException) -> str:
    """Class and places of the error and of those that caused it, innermost cause first."""
    parts = [
        "".join(traceback.format_tb(cause.__traceback__)) + type(cause).__qualname__
        for cause in _chain(error)
    ]
    return "\n".join(reversed(parts))


def _chain(error: BaseException) -> Iterator[BaseException]:
    current: BaseException | None = error
    seen: set[int] = set()
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        hidden = current.__suppress_context__
        current = current.__cause__ or (None if hidden else current.__context__)
