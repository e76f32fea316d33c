"""Shared counters while they answer; the worker's own while they do not."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from limits.errors import StorageError

from shared.rate_limiting.counters import Count

if TYPE_CHECKING:
    from collections.abc import Callable

    from shared.rate_limiting.counters import Storage

RETRY_SECONDS = 5.0
"""How long after a failure one request tries them again."""

logger = logging.getLogger(__name__)


class FailoverCounters:
    """Counters that always answer. Both changes are logged, once each.

    Args:
        shared: counters that all workers share, out of this process.
        own: counters in this worker's memory.
        answer_seconds: how long a request waits for the shared counters.
        clock: monotonic seconds.

    """

    def __init__(
        self,
        shared: Storage,
        own: Storage,
        answer_seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._shared = shared
        self._own = own
        self._answer_seconds = answer_seconds
        self._clock = clock
        self._retry_at: float | None = None

    async def add(self, key: str, expiry: int, amount: int) -> Count:
        """Add to the number wherever it is kept at the moment; see `Counters.add`."""
        number = await self._ask_shared(key, expiry, amount)
        if number is not None:
            return Count(number, self._ask_shared)
        return Count(await self._own.incr(key, expiry, amount), self._own.incr)

    async def _ask_shared(self, key: str, expiry: int, amount: int) -> int | None:
        """Add to the shared number; None while it cannot be had."""
        if not self._may_ask():
            return None
        try:
            async with asyncio.timeout(self._answer_seconds):
                number = await self._shared.incr(key, expiry, amount)
        except (StorageError, TimeoutError, OSError) as error:
            self._lose(error)
            return None
        self._regain()
        return number

    def _may_ask(self) -> bool:
        """Whether to try the shared counters; after a failure one request does, now and then."""
        if self._retry_at is None:
            return True
        if (now := self._clock()) < self._retry_at:
            return False
        self._retry_at = now + RETRY_SECONDS
        return True

    def _lose(self, error: Exception) -> None:
        if self._retry_at is None:
            cause = error.storage_error if isinstance(error, StorageError) else error
            logger.warning(
                "the shared rate limit storage does not answer (%s): limits hold per worker "
                "until it does",
                type(cause).__name__,  # its text has the address
            )
        self._retry_at = self._clock() + RETRY_SECONDS

    def _regain(self) -> None:
        if self._retry_at is not None:
            logger.warning(
                "the shared rate limit storage answers again: limits hold across workers"
            )
            self._retry_at = None
