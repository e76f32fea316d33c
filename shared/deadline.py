"""One point in time by which everything for a request must be done."""

from __future__ import annotations

import time


class Deadline:
    """A deadline on the monotonic clock, shared by every step of one request."""

    __slots__ = ("_at",)

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds left; negative once the deadline has passed."""
        return self._at - time.monotonic()

    def allows(self, seconds: float) -> bool:
        """Whether a wait of so many seconds would end before the deadline."""
        return seconds < self.remaining()
