"""Requests with an Idempotency-Key: run once, answered as often as they are sent."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from shared.errors import StoreUnavailable
from shared.storage.records import Claim, KeptAnswer, Stored

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from shared.storage.storage import Storage

_SUCCESS = 200


class KeptAnswers:
    """Keeps what requests were answered with; while the database is away, they run unprotected.

    Args:
        storage: where they are kept.
        seconds: the longest that a request may run; then another may run in its place.

    """

    def __init__(self, storage: Storage, seconds: float) -> None:
        self._storage = storage
        self._seconds = seconds

    async def once(
        self, subject: str, route: str, key: str, body: bytes, run: Callable[[], Awaitable[bytes]]
    ) -> bytes | None:
        """Run the request, unless it has run before.

        Args:
            subject: who sent it.
            route: the endpoint.
            key: the caller's key.
            body: the request, in a form that is equal for equal requests.
            run: gives the answer to keep; raises, and frees the key, where there is none.

        Returns:
            The answer that was kept; None where `run` has just given it.

        Raises:
            IdempotencyKeyReused: the key came with another body before.
            StillRunning: the first request is under way.

        """
        try:
            claim = await self._claim(subject, route, key, body)
        except StoreUnavailable:
            await run()
            return None
        if isinstance(claim, Stored):
            return claim.body
        try:
            answer = await run()
        except BaseException:
            with contextlib.suppress(StoreUnavailable):
                await (await self._storage.open()).idempotency.release(claim)
            raise
        await self._storage.outbox.put(
            KeptAnswer(
                subject=claim.subject,
                key=claim.key,
                claim=claim.token,
                status=_SUCCESS,
                body=answer,
            )
        )
        return None

    async def _claim(self, subject: str, route: str, key: str, body: bytes) -> Claim | Stored:
        store = await self._storage.open()
        hashed = self._storage.subject_hash(subject)
        return await store.idempotency.claim(hashed, route, key, body, self._seconds)
