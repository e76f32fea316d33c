"""Databases for tests: a fresh one each, made from a migrated one."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

import asyncpg  # type: ignore[import-untyped] # it has no types

from shared.storage.database import Database
from shared.storage.migrating import upgrade
from shared.storage.tables import metadata
from tests.support.postgres import PASSWORD, USER

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

    from tests.support.postgres import Postgres

Result = TypeVar("Result")

TIMEOUT = 10.0
"""Long: the machine that tests may be a busy one."""
_TEMPLATE = "migrated"
_SHARED = "shared"


class EmbeddedDatabases:
    """SQLite files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._migrated = folder / "migrated.sqlite3"
        _run(upgrade(Database(f"sqlite:///{self._migrated}")))

    def empty(self) -> Database:
        """A database that nobody has made yet."""
        return Database(f"sqlite:///{self._folder / f'{next(self._numbers)}.sqlite3'}", TIMEOUT)

    def fresh(self) -> Database:
        """A migrated database without a row."""
        database = self.empty()
        shutil.copyfile(self._migrated, database.path)
        return database

    breakable = fresh

    def execute(self, database: Database, *statements: str) -> list[Any]:
        """Run statements beside the store; the rows of the last one."""
        rows: list[Any] = []
        with closing(sqlite3.connect(database.path)) as connection, connection:
            for statement in statements:
                rows = connection.execute(statement).fetchall()
        return rows


class PostgresDatabases:
    """Databases of one server."""

    def __init__(self, server: Postgres) -> None:
        self._server = server
        self._numbers = count(1)
        self._as_superuser(f"CREATE ROLE {USER} LOGIN PASSWORD '{PASSWORD}'")
        for name in (_TEMPLATE, _SHARED):
            self._create(name, "template1")
            _run(upgrade(self._database(name)))

    def empty(self) -> Database:
        """A database without a table."""
        return self._create(f"test_{next(self._numbers)}", "template1")

    def fresh(self) -> Database:
        """A migrated database without a row; the same one each time, as making one takes time."""
        database = self._database(_SHARED)
        self.execute(database, f"TRUNCATE {', '.join(metadata.tables)}")
        return database

    def breakable(self) -> Database:
        """A migrated database of its own, for a test that leaves it in disorder."""
        return self._create(f"test_{next(self._numbers)}", _TEMPLATE)

    def execute(self, database: Database, *statements: str) -> list[Any]:
        """Run statements beside the store, as a superuser; the rows of the last one."""
        url = self._server.superuser_url.rpartition("/")[0]
        return _run(_execute(f"{url}/{database.url.rpartition('/')[2]}", statements))

    def _create(self, name: str, template: str) -> Database:
        self._as_superuser(f"CREATE DATABASE {name} OWNER {USER} TEMPLATE {template}")
        return self._database(name)

    def _database(self, name: str) -> Database:
        return Database(self._server.url(name), TIMEOUT)

    def _as_superuser(self, statement: str) -> None:
        _run(_execute(self._server.superuser_url, (statement,)))


Databases = EmbeddedDatabases | PostgresDatabases


def _run(work: Coroutine[object, object, Result]) -> Result:
    """Run it to its end in a thread, because a test's own loop may be running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _execute(url: str, statements: tuple[str, ...]) -> list[Any]:
    connection = await asyncpg.connect(url)
    try:
        rows: list[Any] = []
        for statement in statements:
            rows = [tuple(row) for row in await connection.fetch(statement)]
        return rows
    finally:
        await connection.close()
