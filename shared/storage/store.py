"""The open store: one engine, every call to it bounded in time, and the repositories on top."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import literal, select, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from shared.errors import StoreUnavailable
from shared.storage.embedded import EmbeddedFile
from shared.storage.engine import make_engine
from shared.storage.frozen_tests import FrozenTests
from shared.storage.history import History
from shared.storage.idempotency import IdempotencyKeys
from shared.storage.library import Library
from shared.storage.usage import UsageReports
from shared.storage.writing import statements_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from sqlalchemy import Select
    from sqlalchemy.ext.asyncio import AsyncConnection

    from shared.storage.availability import Availability
    from shared.storage.database import Database
    from shared.storage.records import Record

Result = TypeVar("Result")

_UNWRITABLE = (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.InterfaceError)
"""What the embedded database's driver says of rows that can never be written."""

_PING = select(literal(1))
_CLOSE_SECONDS = 3.0
"""A connection that hangs is given up on after two."""


class Store:
    """Runs work on the database.

    Args:
        database: where it is.
        reading: noted for each read, and asked before it.
        writing: likewise for each write.

    Attributes:
        history: what candidates were given.
        frozen_tests: mock tests as they were generated.
        idempotency: keys and the answers kept under them.
        library: accepted model questions.
        usage: requests summed up.

    """

    def __init__(self, database: Database, reading: Availability, writing: Availability) -> None:
        self._engine = make_engine(database)
        # A read is one statement: outside a transaction it saves PostgreSQL two round trips.
        self._reader = (
            self._engine
            if database.embedded
            else self._engine.execution_options(isolation_level="AUTOCOMMIT")
        )
        self._embedded = EmbeddedFile(self._engine) if database.embedded else None
        self._timeout = database.timeout
        self._reading = reading
        self._writing = writing
        self._abandoned: set[asyncio.Task[object]] = set()
        self.history = History(self)
        self.frozen_tests = FrozenTests(self)
        self.idempotency = IdempotencyKeys(self)
        self.library = Library(self)
        self.usage = UsageReports(self)

    async def rows(self, statement: Select[Any], **parameters: object) -> Sequence[Sequence[Any]]:
        """The rows of one statement that is made once and run at every request.

        Raises:
            StoreUnavailable: the database failed, refused, or took too long.

        """

        async def attempt() -> Sequence[Sequence[Any]]:
            if self._embedded is not None:
                return await self._embedded.rows(statement, parameters)
            async with self._reader.connect() as connection:
                rows: Sequence[Sequence[Any]] = (
                    await connection.execute(statement, parameters)
                ).all()
                return rows

        return await self._bounded(attempt, self._reading, self._timeout)

    async def read(
        self, work: Callable[[AsyncConnection], Awaitable[Result]], seconds: float | None = None
    ) -> Result:
        """Run work that only reads.

        Args:
            work: statements on the connection; may be run twice.
            seconds: the most that it may take; the database's timeout if None.

        Raises:
            StoreUnavailable: the database failed, refused, or took too long.

        """

        async def attempt() -> Result:
            if seconds is not None:  # its own statement timeout needs a transaction to live in
                return await self._in_transaction(work, seconds)
            async with self._reader.connect() as connection:
                return await work(connection)

        return await self._bounded(attempt, self._reading, seconds or self._timeout)

    async def write_with(
        self, work: Callable[[AsyncConnection], Awaitable[Result]], seconds: float | None = None
    ) -> Result:
        """Run work in one transaction that writes; a second run of it must change nothing.

        Raises:
            StoreUnavailable: the database failed, refused, or took too long.
            IntegrityError, DataError: what is to be written can never be.

        """
        return await self._bounded(
            lambda: self._in_transaction(work, seconds), self._writing, seconds or self._timeout
        )

    async def write(self, records: Sequence[Record]) -> None:
        """Write all of the records or, raising as `write_with` does, none of them."""
        statements = statements_of(records, self._engine.dialect.name)

        async def work(connection: AsyncConnection) -> None:
            for statement, rows in statements:
                await connection.execute(statement, rows)

        async def attempt() -> None:
            if self._embedded is not None:
                await self._embedded.write(statements)
            else:
                await self._in_transaction(work, None)

        await self._bounded(attempt, self._writing, self._timeout)

    async def ping(self) -> None:
        """Ask the database whether it is there.

        Raises:
            StoreUnavailable: it is not.

        """
        await self.rows(_PING)

    async def aclose(self) -> None:
        """Close every connection."""
        if self._abandoned:
            await asyncio.wait(self._abandoned, timeout=_CLOSE_SECONDS)
        if self._embedded is not None:
            self._embedded.close()
        await self._engine.dispose()

    async def _in_transaction(
        self, work: Callable[[AsyncConnection], Awaitable[Result]], seconds: float | None
    ) -> Result:
        async with self._engine.begin() as connection:
            if seconds is not None and self._embedded is None:
                await connection.execute(
                    text(f"SET LOCAL statement_timeout = {seconds * 1000:.0f}")
                )
            return await work(connection)

    async def _bounded(
        self, attempt: Callable[[], Awaitable[Result]], side: Availability, seconds: float
    ) -> Result:
        side.check()
        task = asyncio.ensure_future(_twice_if_disconnected(attempt))
        try:
            await asyncio.wait({task}, timeout=seconds)
        finally:
            if not task.done():
                # Closing a connection that hangs takes seconds: not the caller's. Cancelled twice
                # (the loop's end does it too), aiosqlite waits for a thread that has ended.
                if not task.cancelling():
                    task.cancel()
                self._abandoned.add(task)
                task.add_done_callback(self._forget)
        if not task.done():
            side.failed("timeout")
            raise StoreUnavailable
        return _outcome(task, side)

    def _forget(self, task: asyncio.Task[object]) -> None:
        self._abandoned.discard(task)
        if not task.cancelled():
            task.exception()  # looked at: its failure is known already


async def _twice_if_disconnected(attempt: Callable[[], Awaitable[Result]]) -> Result:
    """A connection that broke while it was idle says nothing about the database of now."""
    try:
        return await attempt()
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
    return await attempt()


def _outcome(task: asyncio.Task[Result], side: Availability) -> Result:
    try:
        result = task.result()
    except (IntegrityError, DataError, *_UNWRITABLE):
        side.succeeded()
        raise
    except Exception as error:  # noqa: BLE001 - drivers raise what network, TLS and server raise
        side.failed(_reason(error))
        raise StoreUnavailable from None
    side.succeeded()
    return result


def _reason(error: Exception) -> str:
    """The error's class and SQLSTATE: its text can quote an address, a user or data."""
    cause = getattr(error, "orig", None) or error
    sqlstate = getattr(cause, "sqlstate", None)
    return f"{type(error).__name__}:{sqlstate}" if sqlstate else type(error).__name__
