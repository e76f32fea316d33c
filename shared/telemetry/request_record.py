"""Everything that is recorded of one request: its line, its span, its figures, its error."""

from __future__ import annotations

import logging
import re
import time
from typing import TYPE_CHECKING, Self

from shared.telemetry.active import ACTIVE, REQUEST_ID, TRACE_ID
from shared.telemetry.recent_errors import RECENT_ERRORS
from shared.telemetry.request_line import log_request

if TYPE_CHECKING:
    from types import TracebackType

    from shared.http.call import Call
    from shared.telemetry.signals import RequestSignals

logger = logging.getLogger(__name__)

_TRACE_PARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
_ABANDONED = 499  # the invocation was cancelled: nobody waits for the answer any more


class RequestRecord:
    """A context manager around the request; `status` is set inside, once there is an answer.

    What goes wrong in it is logged and stays in it: the answer leaves all the same.
    """

    def __init__(self, call: Call) -> None:
        self.status = _ABANDONED
        self._call = call
        self._signals: RequestSignals | None = None
        self._started = 0.0

    def __enter__(self) -> Self:
        self._started = time.perf_counter()
        try:
            self._begin()
        except Exception:
            logger.exception("telemetry_failed request_id=%s", self._call.request_id)
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        try:
            self._end((time.perf_counter() - self._started) * 1000)
        except Exception:
            logger.exception("telemetry_failed request_id=%s", self._call.request_id)

    def _begin(self) -> None:
        # Every invocation is a task of its own, so that these need not be set back.
        REQUEST_ID.set(self._call.request_id)
        trace_parent, trace_state = _trace_headers(self._call)
        trace_id = match[1] if (match := _TRACE_PARENT.fullmatch(trace_parent)) else None
        if ACTIVE.signals is not None:
            self._signals = ACTIVE.signals.begin_request(trace_parent, trace_state)
            trace_id = self._signals.trace_id or trace_id
        TRACE_ID.set(trace_id)

    def _end(self, duration_ms: float) -> None:
        line = log_request(self._call, self.status, duration_ms)
        if line["error"] is not None:
            RECENT_ERRORS.note(line["error"], self._call.request_id)
        if self._signals is not None:
            self._signals.end(line)


def _trace_headers(call: Call) -> tuple[str, str]:
    """`traceparent` and `tracestate` as the host hands them over; empty where it has none."""
    context = call.context.trace_context
    return getattr(context, "trace_parent", None) or "", getattr(context, "trace_state", None) or ""
