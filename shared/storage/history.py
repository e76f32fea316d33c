"""One candidate's past: what was given when, and what could be near a new question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic_core import from_json
from sqlalchemy import delete, func, select

from shared.storage.likeness_index import likeness_keys
from shared.storage.tables import frozen_tests, history, history_keys, idempotency, practised

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from shared.storage.store import Store

_MOST_ALIKE = 20
"""Past items looked at more closely; those that share the most keys come first."""
_ERASURE_SECONDS = 20.0
"""Erasure is asked for rarely, waited for, and has a long history to go through."""


class History:
    """Reads and erases what was written under a subject's hash.

    Every read costs the same however long the history is: each goes through an index, to a
    bounded number of rows. All raise StoreUnavailable.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    async def practised(self, subject: bytes, parts: Iterable[int]) -> dict[str, tuple[int, int]]:
        """When an item like each bank entry, and one on its topic, was last given.

        Returns:
            Entry id to both times, in milliseconds since the epoch; 0 for never. As many as the
            bank has entries at most.

        """
        statement = select(practised.c.entry, practised.c.item_at, practised.c.topic_at).where(
            practised.c.subject == subject, practised.c.part.in_([int(part) for part in parts])
        )

        async def work(connection: AsyncConnection) -> dict[str, tuple[int, int]]:
            times: dict[str, tuple[int, int]] = {}
            for entry, item_at, topic_at in (await connection.execute(statement)).all():
                item_before, topic_before = times.get(entry, (0, 0))
                times[entry] = (max(item_at, item_before), max(topic_at, topic_before))
            return times

        return await self._store.read(work)

    async def recent(
        self, subject: bytes, part: int, limit: int
    ) -> list[tuple[str, tuple[str, ...]]]:
        """Topic and texts of the latest items of a part, the newest first."""
        statement = (
            select(history.c.topic, history.c.texts)
            .where(history.c.subject == subject, history.c.part == part)
            .order_by(history.c.id.desc())
            .limit(limit)
        )

        async def work(connection: AsyncConnection) -> list[tuple[str, tuple[str, ...]]]:
            rows = (await connection.execute(statement)).all()
            return [(topic, tuple(from_json(texts))) for topic, texts in rows]

        return await self._store.read(work)

    async def alike(self, subject: bytes, part: int, texts: Sequence[str]) -> list[str]:
        """Texts of past items of the part that share the most words with these texts."""
        keys = frozenset().union(*(likeness_keys(part, text) for text in texts))
        if not keys:
            return []
        nearest = (
            select(history_keys.c.entry_id)
            .where(history_keys.c.subject == subject, history_keys.c.key.in_(sorted(keys)))
            .group_by(history_keys.c.entry_id)
            .order_by(func.count().desc())
            .limit(_MOST_ALIKE)
        )
        statement = select(history.c.texts).where(
            history.c.subject == subject, history.c.id.in_(nearest)
        )

        async def work(connection: AsyncConnection) -> list[str]:
            rows = (await connection.execute(statement)).all()
            return [text for (texts,) in rows for text in from_json(texts)]

        return await self._store.read(work)

    async def page(
        self, subject: bytes, before: bytes | None, limit: int
    ) -> list[tuple[bytes, str, str]]:
        """So many entries, the newest first: id (which tells the time), source and item's JSON.

        Args:
            subject: the candidate's hash.
            before: the id of the last entry of the page before; None for the first page.
            limit: entries at most.

        """
        statement = (
            select(history.c.id, history.c.source, history.c.item)
            .where(history.c.subject == subject)
            .order_by(history.c.id.desc())
            .limit(limit)
        )
        if before is not None:
            statement = statement.where(history.c.id < before)

        async def work(connection: AsyncConnection) -> list[tuple[bytes, str, str]]:
            rows = (await connection.execute(statement)).all()
            return [(entry_id, source, item) for entry_id, source, item in rows]

        return await self._store.read(work)

    async def erase(self, subject: bytes) -> int:
        """Delete everything under the subject; returns how many items were in its history."""

        async def work(connection: AsyncConnection) -> int:
            for table in (history_keys, practised, frozen_tests, idempotency):
                await connection.execute(delete(table).where(table.c.subject == subject))
            erased = await connection.execute(delete(history).where(history.c.subject == subject))
            return erased.rowcount

        return await self._store.write_with(work, _ERASURE_SECONDS)
