"""What the limiter needs from a storage; every `limits.aio.storage.Storage` has it."""

from __future__ import annotations

from typing import Protocol


class Counters(Protocol):
    """Numbers under keys that are forgotten after a while."""

    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Add to the number, which begins at 0 and lives for `expiry` seconds from then.

        Returns:
            The number after adding.

        """
        ...
