"""The door of the room: light to import; what is behind it is imported at first use."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from shared.errors import StoreUnavailable
from shared.storage.availability import Availability
from shared.storage.outbox import Outbox
from shared.storage.subjects import SubjectHash

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shared.storage.database import Database
    from shared.storage.records import Record
    from shared.storage.store import Store

_TRUST_SECONDS = 5.0
"""So long the last contact says how the database is, before health asks it again."""

_OPEN_SECONDS = 10.0
"""The first use pays for the imports, and for the embedded database's migrations."""


class Storage:
    """What one worker remembers by: opened once, on the worker's loop, when first needed.

    Args:
        database: where it is.
        subject_key: key of the hash under which candidates are kept; the same on every worker.
        clock: seconds, monotonic.

    Attributes:
        subject_hash: candidates to what the store knows them by.
        outbox: takes every record, also while the database is away.
        reading: whether it can be read.
        writing: whether it can be written.

    """

    def __init__(
        self,
        database: Database,
        subject_key: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.database = database
        self.subject_hash = SubjectHash(subject_key)
        self.reading = Availability("read", clock)
        self.writing = Availability("write", clock)
        self.outbox = Outbox(self._write)
        self._clock = clock
        self._asked_at = float("-inf")
        self._store: Store | None = None
        self._opening: asyncio.Task[Store] | None = None

    async def open(self) -> Store:
        """The store, ready for use. The embedded database is brought up to date on the way.

        Raises:
            StoreUnavailable: the embedded database cannot be made or migrated.

        """
        if self._store is not None:
            return self._store
        self.writing.check()
        if self._opening is None:
            self._opening = asyncio.create_task(self._open())
        # Shielded: one caller who gives up must not take the store from the others.
        opening = asyncio.shield(self._opening)
        try:
            return await asyncio.wait_for(opening, _OPEN_SECONDS)
        except TimeoutError:
            raise StoreUnavailable from None

    async def healthy(self) -> bool:
        """Whether it can be read and written; asks the database only if nobody did of late."""
        now = self._clock()
        if now - self._asked_at >= _TRUST_SECONDS:
            self._asked_at = now
            try:
                await (await self.open()).ping()
            except StoreUnavailable:
                return False
        return self.reading.reason is None and self.writing.reason is None

    async def aclose(self) -> None:
        """Stop what runs, and close the connections."""
        await self.outbox.aclose()
        if self._store is not None:
            await self._store.aclose()

    async def _open(self) -> Store:
        try:
            self._store = await asyncio.to_thread(self._make)
        except Exception as error:  # noqa: BLE001 - files, imports and migrations fail in all ways
            reason = type(error).__name__
            self.reading.failed(reason)
            self.writing.failed(reason)
            raise StoreUnavailable from None
        finally:
            self._opening = None
        self.reading.succeeded()
        self.writing.succeeded()
        return self._store

    def _make(self) -> Store:
        from shared.storage.store import Store  # noqa: PLC0415 - heavy: in a thread, at first use

        if self.database.embedded:
            from shared.storage.schema import prepare_embedded  # noqa: PLC0415 - likewise

            prepare_embedded(self.database)
        return Store(self.database, self.reading, self.writing)

    async def _write(self, records: Sequence[Record]) -> None:
        await (await self.open()).write(records)
