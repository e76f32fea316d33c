"""A deployment's gate: so many at a time, first come first served, shut during a cooldown."""

from __future__ import annotations

import asyncio
import time
from bisect import insort
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

WINDOW = 10.0
"""Seconds in which Azure counts requests: a sixth of the quota per minute, every ten seconds."""

SURPLUS = 2.0
"""After a cooldown the queue is let through at so many times the rate that the quota allowed.

More than once, so that a window's quota is used before the window ends; not at once, so that the
first refusal shuts the gate before many have followed.
"""

LOWEST_RATE = 1.0
"""Requests per second, of 60 a minute: taken where less was seen, for then little was asked."""

SPEED_UP = 0.2
"""Requests per second by which each admission quickens that pace: the rate may be out of date."""


class Gate:
    """Admits requests to one deployment.

    The queue is in order of tickets, so that a request which comes back after a 429 stands where
    it stood. A waiter that is cancelled, or runs out of time, leaves no trace.
    """

    def __init__(self, slots: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._slots = slots
        self._clock = clock
        self._queue: list[tuple[int, asyncio.Future[None]]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._shut_until = 0.0
        self._next_at = 0.0
        self._recent: deque[float] = deque()
        self._quota_rate = 0.0  # requests per second, measured when the gate was shut; 0: never
        self._pace = 0.0  # requests per second from the queue; 0: as they come
        self._left: int | None = None
        self._left_until = 0.0
        self.in_flight = 0
        self.admissions = 0
        """Requests admitted so far."""

    @property
    def waiting(self) -> int:
        """Requests in the queue."""
        return len(self._queue)

    @property
    def is_open(self) -> bool:
        """Whether a request that comes now gets in at once."""
        return not self._queue and self.in_flight < self._slots and self.seconds_shut() <= 0

    def seconds_shut(self) -> float:
        """Seconds until the cooldown ends; 0 when there is none."""
        return max(0.0, self._shut_until - self._clock())

    def expected_wait(self, typical_seconds: float) -> float:
        """Estimate the wait of a request that comes now, from the queue ahead and what is known.

        `typical_seconds` is how long a request occupies its slot.
        """
        if self.is_open:
            return 0.0
        ahead = len(self._queue)
        full = self.in_flight >= self._slots
        by_slots = (ahead + 1) * typical_seconds / self._slots if full else 0.0
        by_quota = ahead * SURPLUS / self._pace if self._pace else 0.0
        return max(self.seconds_shut() + by_quota, by_slots)

    async def enter(self, ticket: int, seconds: float) -> None:
        """Wait for admission; every admission is followed by one `leave`.

        Raises:
            TimeoutError: not admitted within so many seconds.

        """
        if self.is_open:
            self._admit()
            return
        admitted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        place = (ticket, admitted)
        insort(self._queue, place)
        self._let_in()
        try:
            async with asyncio.timeout(seconds):
                await admitted
        except BaseException:
            if admitted.done() and not admitted.cancelled():
                self.leave()
            elif place in self._queue:
                self._queue.remove(place)
            raise

    def leave(self) -> None:
        """Give the slot of a request that has ended to the next in the queue."""
        self.in_flight -= 1
        self._let_in()

    def refused(self, seconds: float) -> None:
        """Shut, since upstream refused a request for want of quota and named so many seconds."""
        if self._recent:
            self._recent.pop()
        self.shut(seconds)

    def shut(self, seconds: float) -> None:
        """Admit nobody for so many seconds, and the queue at a measured pace afterwards."""
        # Measured here, while what was admitted is still what the quota allowed. A gate that was
        # shut for most of the window has little to measure: then half of what there was.
        measured = len(self._forget_old()) / WINDOW
        self._quota_rate = max(measured, self._quota_rate / 2, LOWEST_RATE)
        self._pace = SURPLUS * self._quota_rate
        self._left = None
        self._shut_until = max(self._shut_until, self._clock() + seconds)
        self._let_in()

    def budget(self, requests: int, seconds: float) -> None:
        """Note upstream's word that so many more requests are left for so many seconds."""
        if seconds > 0 and self.seconds_shut() <= 0:
            self._left = requests
            self._left_until = self._clock() + seconds
            if self._pace:  # what was measured in a quiet time must not hold up what is allowed
                self._quota_rate = max(self._quota_rate, requests / max(seconds, WINDOW))
                self._pace = max(self._pace, SURPLUS * self._quota_rate)
            self._shut_when_spent()

    def _shut_when_spent(self) -> None:
        if self._left is not None and self._left <= 0:
            seconds = self._left_until - self._clock()
            self._left = None
            if seconds > 0:
                self.shut(min(seconds, WINDOW))

    def _let_in(self) -> None:
        """Admit from the queue what may go now, and come back when the next one may."""
        while self._queue and self.in_flight < self._slots:
            wait = max(self._shut_until, self._next_at) - self._clock()
            if wait > 0:
                self._come_back_in(wait)
                return
            _, admitted = self._queue.pop(0)
            if not admitted.done():
                admitted.set_result(None)
                self._keep_pace()
                self._admit()
        if not self._queue and self.seconds_shut() <= 0:
            self._pace = 0.0

    def _keep_pace(self) -> None:
        if self._pace:
            self._next_at = self._clock() + 1 / self._pace
            self._pace += SPEED_UP

    def _come_back_in(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, self._let_in)

    def _admit(self) -> None:
        self.in_flight += 1
        self.admissions += 1
        self._forget_old().append(self._clock())
        if self._left is not None:
            self._left -= 1
            self._shut_when_spent()

    def _forget_old(self) -> deque[float]:
        """Keep the admissions of the last window only."""
        horizon = self._clock() - WINDOW
        while self._recent and self._recent[0] < horizon:
            self._recent.popleft()
        return self._recent
