"""One candidate's past: what was given when, and what could be near a new question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic_core import from_json
from sqlalchemy import bindparam, delete, func, select

from shared.storage.likeness_index import likeness_keys
from shared.storage.tables import frozen_tests, history, history_keys, idempotency, practised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import BindParameter
    from sqlalchemy.ext.asyncio import AsyncConnection

    from shared.storage.store import Store

_MOST_ALIKE = 20
"""Past items looked at more closely; those that share the most keys come first."""
_MOST_KEYS = 60
"""Ten for each of six questions: as many as an item has at most."""
_ERASURE_SECONDS = 20.0
"""Erasure is asked for rarely, waited for, and has a long history to go through."""


_SUBJECT: BindParameter[bytes] = bindparam("subject")
_PRACTISED = select(practised.c.entry, practised.c.item_at, practised.c.topic_at).where(
    practised.c.subject == _SUBJECT,
    practised.c.part.in_((bindparam("part"), bindparam("other_part"))),
)
_RECENT = (
    select(history.c.topic, history.c.texts)
    .where(history.c.subject == _SUBJECT, history.c.part == bindparam("part"))
    .order_by(history.c.id.desc())
    .limit(bindparam("most"))
)
_KEY_NAMES = [f"key_{number}" for number in range(_MOST_KEYS)]
_ALIKE = select(history.c.texts).where(
    history.c.subject == _SUBJECT,
    history.c.id.in_(
        select(history_keys.c.entry_id)
        .where(
            history_keys.c.subject == _SUBJECT,
            history_keys.c.key.in_([bindparam(name) for name in _KEY_NAMES]),
        )
        .group_by(history_keys.c.entry_id)
        .order_by(func.count().desc())
        .limit(_MOST_ALIKE)
    ),
)


class History:
    """Reads and erases what was written under a subject's hash.

    Every read costs the same however long the history is: each goes through an index, to a
    bounded number of rows. All raise StoreUnavailable.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    async def practised(self, subject: bytes, parts: Sequence[int]) -> dict[str, tuple[int, int]]:
        """When an item like each bank entry, and one on its topic, was last given.

        Args:
            subject: the candidate's hash.
            parts: one part, or two to be taken together.

        Returns:
            Entry id to both times, in milliseconds since the epoch; 0 for never. As many as the
            bank has entries at most.

        """
        rows = await self._store.rows(
            _PRACTISED, subject=subject, part=int(parts[0]), other_part=int(parts[-1])
        )
        times: dict[str, tuple[int, int]] = {}
        for entry, item_at, topic_at in rows:
            item_before, topic_before = times.get(entry, (0, 0))
            times[entry] = (max(item_at, item_before), max(topic_at, topic_before))
        return times

    async def recent(
        self, subject: bytes, part: int, limit: int
    ) -> list[tuple[str, tuple[str, ...]]]:
        """Topic and texts of the latest items of a part, the newest first."""
        rows = await self._store.rows(_RECENT, subject=subject, part=int(part), most=limit)
        return [(topic, tuple(from_json(texts))) for topic, texts in rows]

    async def alike(self, subject: bytes, part: int, texts: Sequence[str]) -> list[str]:
        """Texts of past items of the part that share the most words with these texts."""
        keys = sorted(frozenset().union(*(likeness_keys(part, text) for text in texts)))
        if not keys:
            return []
        padded = [*keys, *keys[:1] * _MOST_KEYS][:_MOST_KEYS]
        named = dict(zip(_KEY_NAMES, padded, strict=True))
        rows = await self._store.rows(_ALIKE, subject=subject, **named)
        return [text for (texts_had,) in rows for text in from_json(texts_had)]

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
