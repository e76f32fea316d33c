"""Idempotency keys: the first request with a key runs, and every other gets its answer."""

from __future__ import annotations

import hashlib
import secrets
import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from shared.errors import ApiError, IdempotencyKeyReused, StillRunning
from shared.storage.records import Claim, Stored
from shared.storage.tables import idempotency
from shared.storage.writing import insert

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.ext.asyncio import AsyncConnection

    from shared.storage.store import Store

LIFETIME_SECONDS = 24 * 3600.0
_DIGEST_BYTES = 16
_Columns = dict[str, bytes | int]
_PURGE_MS = 600_000


class IdempotencyKeys:
    """Claims, gives back and looks up keys.

    What two workers do at once is decided by the primary key: one INSERT wins. A key whose
    request ended without a word (its worker died) is taken over once its time is up, by exactly
    one.

    Args:
        store: where they are kept.
        clock: seconds since the epoch.

    """

    def __init__(self, store: Store, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._clock = clock
        self._purge_at = 0  # milliseconds since the epoch

    async def claim(
        self, subject: bytes, route: str, key: str, body: bytes, seconds: float
    ) -> Claim | Stored:
        """The right to run the request, or the answer if it has run.

        Args:
            subject: the caller's hash.
            route: the endpoint; the same key means something else on another.
            key: as the caller sent it.
            body: the request, in a form that is equal for equal requests.
            seconds: the longest that the request may run; then another may take it over.

        Raises:
            IdempotencyKeyReused: the key came with another body before.
            StillRunning: the first request is under way.
            StoreUnavailable: the database does not answer.

        """
        claim = Claim(
            subject, _digest(f"{route}\n{key}".encode()), secrets.token_bytes(_DIGEST_BYTES)
        )
        now = int(self._clock() * 1000)
        row: _Columns = {
            "body_hash": _digest(body),
            "claim": claim.token,
            "claimed_until": now + int(seconds * 1000),
            "expires_at": now + int(LIFETIME_SECONDS * 1000),
        }

        async def work(connection: AsyncConnection) -> Claim | Stored | ApiError:
            if now >= self._purge_at:
                self._purge_at = now + _PURGE_MS
                await connection.execute(delete(idempotency).where(idempotency.c.expires_at <= now))
            new = insert(idempotency, connection.dialect.name).on_conflict_do_nothing()
            made = await connection.execute(new.values(subject=subject, key=claim.key, **row))
            if made.rowcount:
                return claim
            return await _existing(connection, claim, row, now)

        outcome = await self._store.write_with(work)
        if isinstance(outcome, ApiError):
            raise outcome
        return outcome

    async def release(self, claim: Claim) -> None:
        """Free the key again: its request came to nothing, so the next one may run.

        Raises:
            StoreUnavailable: the database does not answer; the key is free when its time is up.

        """
        statement = delete(idempotency).where(_of(claim), idempotency.c.claim == claim.token)

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(statement)

        await self._store.write_with(work)


async def _existing(
    connection: AsyncConnection, claim: Claim, row: _Columns, now: int
) -> Claim | Stored | ApiError:
    """What the key's row says: it is there, or was a moment ago."""
    found = (await connection.execute(select(idempotency).where(_of(claim)))).one_or_none()
    if found is None:
        return StillRunning()
    if found.claim == claim.token:  # ours: the connection broke after the first attempt
        return claim
    if found.expires_at > now and (outcome := _in_force(found, row, now)) is not None:
        return outcome
    taken = await connection.execute(
        update(idempotency)
        .where(_of(claim), idempotency.c.claim == found.claim)
        .values(status=None, body=None, **row)
    )
    return claim if taken.rowcount else StillRunning()


def _in_force(found: Row[Any], row: _Columns, now: int) -> Stored | ApiError | None:
    """What a key that has not expired leads to; None where its run was abandoned."""
    if found.body_hash != row["body_hash"]:
        return IdempotencyKeyReused()
    if found.status is not None:
        return Stored(found.status, found.body)
    return StillRunning() if found.claimed_until > now else None


def _of(claim: Claim) -> ColumnElement[bool]:
    return (idempotency.c.subject == claim.subject) & (idempotency.c.key == claim.key)


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES).digest()
