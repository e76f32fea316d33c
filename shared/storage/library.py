"""The library: model questions that the rules accepted, to be asked again without the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, exists, select, tuple_, update

from shared.storage.tables import history, library

if TYPE_CHECKING:
    from sqlalchemy import Row
    from sqlalchemy.ext.asyncio import AsyncConnection

    from shared.storage.store import Store

_NOT_HAD = and_(
    library.c.part == bindparam("part"),
    library.c.difficulty == bindparam("difficulty"),
    library.c.retired.is_(False),
    ~exists().where(
        history.c.subject == bindparam("subject"), history.c.fingerprint == library.c.fingerprint
    ),
)
_FRESH = (
    select(library.c.item)
    .where(_NOT_HAD, library.c.topic_key == bindparam("topic_key"))
    .order_by(library.c.at.desc())
    .limit(bindparam("most"))
)
_FRESH_TOPICS = (
    select(library.c.topic_key, library.c.topic)
    .where(_NOT_HAD)
    .order_by(library.c.at.desc())
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """An item of the library, as an examiner sees it.

    Attributes:
        id: the item's fingerprint in hexadecimal.
        item: the item as JSON.
        at: when it was accepted, in seconds since the epoch.

    """

    id: str
    part: int
    topic: str
    prompt_version: str
    model: str
    item: str
    at: float
    retired: bool

    @property
    def cursor(self) -> str:
        """Where the page after this item begins."""
        return f"{self.at * 1000:.0f}-{self.id}"


class Library:
    """Finds, lists and retires what `LibraryItem` records wrote. All raise StoreUnavailable."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def fresh(
        self, subject: bytes, part: int, topic_key: str, difficulty: str, limit: int
    ) -> list[str]:
        """Items, as JSON, that this candidate has not had; the newest first.

        Args:
            subject: the candidate's hash.
            part: 1, 2 or 3.
            topic_key: of the topic that they must be on.
            difficulty: the practice difficulty that they must have been written for.
            limit: items at most.

        """
        rows = await self._store.rows(
            _FRESH,
            subject=subject,
            part=int(part),
            difficulty=str(difficulty),
            topic_key=topic_key,
            most=limit,
        )
        return [item for (item,) in rows]

    async def fresh_topics(
        self, subject: bytes, part: int, difficulty: str, limit: int
    ) -> list[str]:
        """Topics of the newest such items, of as many as `limit`; each topic once."""
        rows = await self._store.rows(
            _FRESH_TOPICS,
            subject=subject,
            part=int(part),
            difficulty=str(difficulty),
            most=limit,
        )
        topics: dict[str, str] = {}
        for key, topic in rows:
            topics.setdefault(key, topic)
        return list(topics.values())

    async def page(self, before: str | None, limit: int, part: int | None) -> list[Holding]:
        """So many items, retired ones too, the newest first.

        Args:
            before: the cursor of the last item of the page before; None for the first page.
            limit: items at most.
            part: 1, 2 or 3; None for all.

        """
        place = tuple_(library.c.at, library.c.fingerprint)
        statement = select(library).order_by(library.c.at.desc(), library.c.fingerprint.desc())
        if part is not None:
            statement = statement.where(library.c.part == part)
        if before is not None:
            at, _, item_id = before.partition("-")
            statement = statement.where(place < tuple_(int(at), bytes.fromhex(item_id)))

        async def work(connection: AsyncConnection) -> list[Holding]:
            return [_holding(row) for row in await connection.execute(statement.limit(limit))]

        return await self._store.read(work)

    async def retire(self, item_id: str) -> bool:
        """Never serve the item again; returns whether there is one of that id (hexadecimal)."""
        statement = (
            update(library)
            .where(library.c.fingerprint == bytes.fromhex(item_id))
            .values(retired=True)
        )

        async def work(connection: AsyncConnection) -> bool:
            return (await connection.execute(statement)).rowcount > 0

        return await self._store.write_with(work)


def _holding(row: Row[Any]) -> Holding:
    return Holding(
        id=row.fingerprint.hex(),
        part=row.part,
        topic=row.topic,
        prompt_version=row.prompt_version,
        model=row.model,
        item=row.item,
        at=row.at / 1000,
        retired=row.retired,
    )
