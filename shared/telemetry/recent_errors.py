"""How often each error code was answered by this worker, and when last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(slots=True)
class ErrorCount:
    """One error code.

    Attributes:
        count: answers with it since the worker began.
        last_at: when it was answered last.
        last_request_id: to be looked up in the log.

    """

    count: int
    last_at: datetime
    last_request_id: str


class RecentErrors:
    """Bounded by the number of codes, which is the size of the exception tree."""

    def __init__(self) -> None:
        self.by_code: dict[str, ErrorCount] = {}

    def note(self, code: str, request_id: str) -> None:
        """Count one answer with that code."""
        before = self.by_code.get(code)
        count = before.count + 1 if before else 1
        self.by_code[code] = ErrorCount(count, datetime.now(UTC), request_id)


RECENT_ERRORS = RecentErrors()
