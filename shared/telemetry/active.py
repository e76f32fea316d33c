"""What is switched on in this worker beside the log lines: nothing, until `set_up` says so."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from shared.telemetry.signals import Signals


@dataclass(slots=True)
class Active:
    """One per process, as Python's own logging is.

    Attributes:
        signals: traces and metrics by OpenTelemetry.
        report_error: sends an unhandled error, its request id and the subject's pseudonym away.

    """

    signals: Signals | None = None
    report_error: Callable[[BaseException, str, str | None], None] | None = None


ACTIVE = Active()

REQUEST_ID: ContextVar[str | None] = ContextVar("request_id", default=None)
"""The id of the request that is being answered."""

TRACE_ID: ContextVar[str | None] = ContextVar("trace_id", default=None)
"""Its W3C trace id, 32 hexadecimal digits: Application Insights' operation id."""
