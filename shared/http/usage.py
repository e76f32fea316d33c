"""One usage record for each request of a known caller."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import azure.functions as func

    from shared.http.call import Call
    from shared.http.middleware import Middleware, Step


logger = logging.getLogger(__name__)


class UsageLog(Protocol):
    """Takes the record of each request."""

    def record(self, route: str, status: int, duration_ms: float, spent: Mapping[str, Any]) -> None:
        """Take one; `spent` says what a generation cost."""
        ...


GetUsageLog = Callable[[], UsageLog | None]


def record_usage_with(usage: GetUsageLog) -> Middleware:
    """Record what became of the request; a stranger's is in the log only.

    What goes wrong in it is logged and stays in it: the answer leaves all the same.
    """

    async def record_usage(call: Call, proceed: Step) -> func.HttpResponse:
        started = time.perf_counter()
        response = await proceed(call)
        duration_ms = (time.perf_counter() - started) * 1000
        try:
            if call.principal is not None and (log := usage()) is not None:
                log.record(call.declaration.route, response.status_code, duration_ms, call.spent)
        except Exception as error:  # noqa: BLE001 - no record is worth an answer
            kind = type(error).__name__  # its text can hold an address
            logger.warning("usage_not_recorded request_id=%s error=%s", call.request_id, kind)
        return response

    return record_usage
