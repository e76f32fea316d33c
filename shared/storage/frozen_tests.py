"""Mock tests exactly as they were generated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from shared.storage.tables import frozen_tests

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from shared.storage.store import Store


class FrozenTests:
    """Reads what `FrozenTest` records wrote."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def answer(self, test_id: str, owner: bytes | None) -> str | None:
        """The test's data as JSON; None where there is none of that id.

        Args:
            test_id: as the answer gave it.
            owner: the only candidate to whom it exists; None for anybody.

        Raises:
            StoreUnavailable: the database does not answer.

        """
        statement = select(frozen_tests.c.answer).where(frozen_tests.c.id == test_id)
        if owner is not None:
            statement = statement.where(frozen_tests.c.subject == owner)

        async def work(connection: AsyncConnection) -> str | None:
            answer: str | None = await connection.scalar(statement)
            return answer

        return await self._store.read(work)
