"""What the limiter needs from what keeps its counts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple, Protocol

Keeper = Callable[[str, int, int], Awaitable[int | None]]
"""Adds to a number as `Storage.incr` does; returns None where it could not."""


class Count(NamedTuple):
    """A number after something was added to it.

    Attributes:
        number: the number.
        keeper: what keeps it: there alone can be undone what was added.

    """

    number: int
    keeper: Keeper


class Counters(Protocol):
    """Numbers under keys that are forgotten after a while."""

    async def add(self, key: str, expiry: int, amount: int) -> Count:
        """Add to the number, which begins at 0 and lives for `expiry` seconds from then."""
        ...


class Storage(Protocol):
    """One place where numbers are kept; every `limits.aio.storage.Storage` is one."""

    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Add to the number as `Counters.add` does, and return it."""
        ...
