"""Whether the database answers: after a failure it is left alone, then asked again by one call."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from shared.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 1.0
"""So long nobody asks after a failure: at most one call in this time waits for the timeout."""


class Availability:
    """One side of the database: reads may work where writes do not (read-only, disk full).

    One failure is enough, because every further call would wait just as long. Logged once a
    change, by the error's class and SQLSTATE: its text can quote addresses and data.

    Args:
        side: "read" or "write", for the log.
        clock: seconds, monotonic.

    """

    def __init__(self, side: str, clock: Callable[[], float]) -> None:
        self._side = side
        self._clock = clock
        self._ask_at = 0.0
        self.reason: str | None = None
        """Why it is out of use; None while it works."""

    def check(self) -> None:
        """Let the call pass, or fail at once.

        Raises:
            StoreUnavailable: it failed a moment ago, or another call is finding out.

        """
        if self.reason is None:
            return
        now = self._clock()
        if now < self._ask_at:
            raise StoreUnavailable(retry_after=self._ask_at - now)
        self._ask_at = now + PAUSE_SECONDS

    def succeeded(self) -> None:
        """The database answered."""
        if self.reason is not None:
            logger.info("store_back side=%s was=%s", self._side, self.reason)
            self.reason = None

    def failed(self, reason: str) -> None:
        """The database did not answer, or refused."""
        self._ask_at = self._clock() + PAUSE_SECONDS
        if self.reason != reason:
            logger.warning("store_unavailable side=%s reason=%s", self._side, reason)
            self.reason = reason
