"""Signing keys known so far, kept fresh at little cost to the issuer and to callers."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import TYPE_CHECKING

from shared.identity.errors import KeysUnavailable, Reason, TokenRejected
from shared.identity.key_source import FetchFailed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from shared.identity.keys import SigningKey

_log = logging.getLogger(__name__)

# Unknown kids make us ask the issuer, but so often at most in so many seconds: a few times, so that
# somebody's made-up kid does not hide a rotation, and no more, so that a flood costs little.
UNKNOWN_KEY_FETCHES = 3
UNKNOWN_KEY_COOLDOWN = 30.0
# After a failed fetch the issuer is left alone for so long.
RETRY_SECONDS = 10.0


class KeyCache:
    """The issuer's keys by `kid`. Belongs to one event loop at a time.

    Keys older than `max_age` are fetched again before they are used. While the issuer is down,
    known keys go on serving until they are `stale_for` old, and it is asked again in the
    background. One fetch at a time serves everybody who waits.
    """

    def __init__(
        self,
        fetch: Callable[[], Awaitable[dict[str, SigningKey]]],
        *,
        max_age: float,
        stale_for: float,
        clock: Callable[[], float],
        on_change: Callable[[], None],
    ) -> None:
        self._fetch = fetch
        self._max_age = max_age
        self._stale_for = stale_for
        self._clock = clock
        self._on_change = on_change
        self._keys: dict[str, SigningKey] = {}
        self._fetched_at = float("-inf")
        self._fetches = 0
        self._failing = False
        self._retry_at = float("-inf")
        self._asked_again_at: deque[float] = deque(maxlen=UNKNOWN_KEY_FETCHES)
        self._task: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._keys)

    async def find(self, kid: str) -> SigningKey:
        """Return the key of that name, asking the issuer if need be.

        Raises:
            TokenRejected: the issuer has no such key.
            KeysUnavailable: the issuer cannot be asked.

        """
        fetches = self._fetches
        await self._freshen()
        if kid not in self._keys and self._fetches == fetches:
            await self._ask_again()
        if kid in self._keys:
            return self._keys[kid]
        if self._failing:
            raise KeysUnavailable(self._retry_at - self._clock())
        raise TokenRejected(Reason.UNKNOWN_KEY)

    async def _freshen(self) -> None:
        age = self._clock() - self._fetched_at
        if self._keys and age >= self._stale_for:
            self._replace({})
        if age < self._max_age:
            return
        if self._keys and self._failing:
            self._start()  # nobody waits for an issuer that is known to be down
        else:
            await self._refresh()

    async def _ask_again(self) -> None:
        """Ask for a key that is not known, unless that was done a few times of late.

        No cooldown while the issuer is down: it has not answered, and is left alone anyway.
        """
        if self._under_way() is None and not self._failing:
            now = self._clock()
            asked = self._asked_again_at
            if len(asked) == UNKNOWN_KEY_FETCHES and now < asked[0] + UNKNOWN_KEY_COOLDOWN:
                return
            asked.append(now)
        await self._refresh()

    async def _refresh(self) -> None:
        task = self._start()
        if task is not None:
            await asyncio.shield(task)  # a caller who gives up must not stop it for the others

    def _start(self) -> asyncio.Task[None] | None:
        """Return the fetch under way, or a new one; None while the issuer is left alone."""
        task = self._under_way()
        if task is None and not (self._failing and self._clock() < self._retry_at):
            task = self._task = asyncio.get_running_loop().create_task(self._fetch_now())
        return task

    def _under_way(self) -> asyncio.Task[None] | None:
        task = self._task
        if task is None or task.done() or task.get_loop() is not asyncio.get_running_loop():
            return None
        return task

    async def _fetch_now(self) -> None:
        try:
            keys = await self._fetch()
        except FetchFailed as failure:
            self._failed(str(failure))
            return
        self._fetched_at = self._clock()
        self._fetches += 1
        if self._failing or self._fetches == 1 or keys != self._keys:
            level = logging.INFO if keys else logging.WARNING
            _log.log(level, "signing keys fetched keys=%d", len(keys))
        self._failing = False
        self._replace(keys)

    def _failed(self, cause: str) -> None:
        if not self._failing:
            going_on = "using known keys" if self._keys else "no keys known"
            _log.warning("issuer unreachable: %s cause=%s", going_on, cause)
        self._failing = True
        self._retry_at = self._clock() + RETRY_SECONDS

    def _replace(self, keys: dict[str, SigningKey]) -> None:
        if keys != self._keys:
            self._keys = keys
            self._on_change()
