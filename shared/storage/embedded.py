"""The embedded database, in as few trips to its thread as there are statements.

Through SQLAlchemy's asynchronous layer a statement makes four trips (cursor, execute, fetch,
close), which cost ten times the CPU of a small read. What every request does goes to the driver
itself: statements that are made, and compiled, once.
"""

from __future__ import annotations

import asyncio
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects.sqlite import aiosqlite as dialect

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Executable
    from sqlalchemy.ext.asyncio import AsyncEngine
    from sqlalchemy.pool import PoolProxiedConnection
    from sqlalchemy.sql.compiler import SQLCompiler

CONNECTIONS = 2
"""Of the engine's pool, which these hold for good: one reads while the other writes."""


class EmbeddedFile:
    """A reading and a writing connection.

    Args:
        engine: over aiosqlite.

    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._reading = _Held(engine)
        self._writing = _Held(engine)
        self._writes = asyncio.Lock()

    async def rows(
        self, statement: Executable, parameters: Mapping[str, Any]
    ) -> list[tuple[Any, ...]]:
        """The rows of a statement.

        Raises:
            sqlite3.Error: the database failed; the next call connects anew.

        """
        compiled = _compiled(statement)
        values = compiled.construct_params(dict(parameters))
        connection = await self._reading.connection()
        try:
            rows: list[tuple[Any, ...]] = await _driver(connection).execute_fetchall(
                compiled.string, [values[name] for name in compiled.positiontup or ()]
            )
        except Exception:  # not a cancellation: others' reads wait for the same connection
            self._reading.drop(connection)
            raise
        return rows

    async def write(
        self, statements: Iterable[tuple[Executable, Sequence[Mapping[str, Any]]]]
    ) -> None:
        """Run the statements, each with all of its rows, in one transaction.

        Raises:
            sqlite3.Error: the database failed, and nothing is written.

        """
        async with self._writes:
            connection = await self._writing.connection()
            try:
                driver = _driver(connection)
                for statement, rows in statements:
                    compiled = _compiled(statement)
                    names = compiled.positiontup or ()
                    await driver.executemany(
                        compiled.string, [[row[name] for name in names] for row in rows]
                    )
                await driver.commit()
            except BaseException:
                self._writing.drop(connection)  # and with it what was begun
                raise

    def close(self) -> None:
        """Give the connections back to the pool, which closes them."""
        self._reading.give_back()
        self._writing.give_back()


class _Held:
    """A connection taken from the pool when first needed, and kept until it fails."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._opening = asyncio.Lock()
        self._connection: PoolProxiedConnection | None = None

    async def connection(self) -> PoolProxiedConnection:
        """The one connection, however many ask for it at once."""
        if self._connection is None:
            async with self._opening:
                if self._connection is None:
                    self._connection = await self._engine.raw_connection()
        return self._connection

    def drop(self, failed: PoolProxiedConnection) -> None:
        """Close it at once, whatever it was doing; unless somebody else did."""
        if self._connection is failed:
            self._connection = None
            failed.invalidate()

    def give_back(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _driver(connection: PoolProxiedConnection) -> Any:
    """The aiosqlite connection beneath."""
    return connection.driver_connection


@lru_cache(maxsize=64)
def _compiled(statement: Executable) -> SQLCompiler:
    compiled: SQLCompiler = statement.compile(dialect=dialect.dialect())  # type: ignore[attr-defined] # every statement has it
    return compiled
