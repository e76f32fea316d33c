"""A database that is slow, away, full or read-only costs one timeout, and no record."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from shared.errors import StoreUnavailable
from shared.storage import availability, outbox
from shared.storage.database import Database
from shared.storage.storage import Storage
from tests.storage.conftest import SUBJECT_KEY
from tests.storage.line import Line
from tests.storage.records import ANNA, given, ids, request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from tests.storage.databases import Databases, EmbeddedDatabases, PostgresDatabases
    from tests.support.postgres import Postgres

pytestmark = pytest.mark.usefixtures("_short_pauses")
TABLES = "history, history_keys, practised, usage"
TIMEOUT = 1.5
"""Of a database that does not answer: short, as each test waits for it."""


@pytest.fixture
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(availability, "PAUSE_SECONDS", 0.05)
    monkeypatch.setattr(outbox, "RETRY_SECONDS", 0.05)


@contextlib.asynccontextmanager
async def remembering(database: Database) -> AsyncIterator[Storage]:
    """A storage that has been used once."""
    storage = Storage(database, SUBJECT_KEY)
    try:
        await (await storage.open()).ping()
        yield storage
    finally:
        await storage.aclose()


async def read(storage: Storage) -> None:
    await (await storage.open()).history.page(ANNA, None, 10)


async def emptied(storage: Storage) -> None:
    """Return when nothing waits any more."""
    async with asyncio.timeout(10):
        while storage.outbox.waiting:  # noqa: ASYNC110 - the outbox tells those who put, only
            await asyncio.sleep(0.01)


@pytest.fixture
def down(postgres: Postgres) -> Iterator[None]:
    """The server, killed; up again after the test."""
    yield
    postgres.kill()
    postgres.start()


@pytest.mark.usefixtures("down")
async def test_a_killed_server_fails_calls_and_loses_no_record(
    postgres: Postgres, postgres_databases: PostgresDatabases
) -> None:
    database = postgres_databases.fresh()
    records = [request() for _ in range(60)]
    async with remembering(database) as storage:
        assert await storage.outbox.put(*records[:20])
        postgres.kill()

        with pytest.raises(StoreUnavailable):
            await read(storage)
        written = [await storage.outbox.put(record) for record in records[20:]]
        assert not any(written)
        assert not await storage.healthy()

        postgres.start()
        await emptied(storage)
        await read(storage)
        assert await storage.healthy()

    rows = postgres_databases.execute(database, "SELECT id FROM usage")
    assert sorted(row[0] for row in rows) == ids(records)


async def test_a_restart_between_two_calls_is_not_noticed(
    postgres: Postgres, postgres_databases: PostgresDatabases
) -> None:
    async with remembering(postgres_databases.fresh()) as storage:
        postgres.stop()
        postgres.start()

        assert await storage.outbox.put(given())
        await read(storage)


async def test_a_server_killed_in_the_middle_of_many_writes_loses_and_doubles_none(
    postgres: Postgres, postgres_databases: PostgresDatabases
) -> None:
    database = postgres_databases.fresh()
    records = [request() for _ in range(400)]
    async with remembering(database) as storage:

        async def work(mine: list[object]) -> None:
            for record in mine:
                await storage.outbox.put(record)  # type: ignore[arg-type] # only records are in it
                await asyncio.sleep(0.001)

        workers = [asyncio.create_task(work(list(records[n::8]))) for n in range(8)]
        await asyncio.sleep(0.02)
        postgres.kill()
        postgres.start()
        await asyncio.gather(*workers)
        await emptied(storage)

    rows = postgres_databases.execute(database, "SELECT id FROM usage")
    assert sorted(row[0] for row in rows) == ids(records)


@pytest.fixture
async def line(postgres: Postgres) -> AsyncIterator[Line]:
    async with Line(postgres.port) as line:
        yield line


@pytest.fixture
def through_line(line: Line, postgres: Postgres, postgres_databases: PostgresDatabases) -> Database:
    database = postgres_databases.fresh()
    url = database.url.replace(str(postgres.port), str(line.port))
    return replace(database, url=url, timeout=TIMEOUT)


async def test_a_database_that_hangs_costs_one_call_the_timeout_and_the_next_nothing(
    line: Line, through_line: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(availability, "PAUSE_SECONDS", 60)
    async with remembering(through_line) as storage:
        line.hold()
        waited = []
        for _ in range(5):
            started = time.monotonic()
            with pytest.raises(StoreUnavailable):
                await read(storage)
            waited.append(time.monotonic() - started)

    assert waited[0] < TIMEOUT + 1.4  # less than the 2 s of closing the connection
    assert sum(waited[1:]) < TIMEOUT


async def test_many_who_find_it_hanging_at_once_wait_at_the_same_time(
    line: Line, through_line: Database
) -> None:
    async with remembering(through_line) as storage:
        line.hold()
        started = time.monotonic()
        outcomes = await asyncio.gather(*(read(storage) for _ in range(50)), return_exceptions=True)
        waited = time.monotonic() - started

    assert all(isinstance(outcome, StoreUnavailable) for outcome in outcomes)
    assert waited < 10 * TIMEOUT  # one after the other they would take 75 s


async def test_after_it_hung_it_is_used_again(line: Line, through_line: Database) -> None:
    async with remembering(through_line) as storage:
        line.hold()
        assert not await storage.outbox.put(request())
        line.flow()

        await emptied(storage)
        await read(storage)


async def test_cut_connections_are_replaced(line: Line, through_line: Database) -> None:
    async with remembering(through_line) as storage:
        line.cut()
        await read(storage)
        assert line.opened == 2


async def test_locked_tables_are_given_up_on_by_the_server_too(
    postgres_databases: PostgresDatabases,
) -> None:
    database = replace(postgres_databases.breakable(), timeout=TIMEOUT)
    async with remembering(database) as storage, remembering(database) as other:
        locking = asyncio.Event()

        async def lock(connection: object) -> None:
            from sqlalchemy import text  # noqa: PLC0415 - this test alone needs it

            await connection.execute(text(f"LOCK TABLE {TABLES}"))  # type: ignore[attr-defined] # a connection
            locking.set()
            await asyncio.sleep(3)

        holder = asyncio.create_task((await other.open()).write_with(lock, 5))
        await locking.wait()
        with pytest.raises(StoreUnavailable):
            await read(storage)
        query = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        while postgres_databases.execute(database, query) != [(0,)]:
            assert not holder.done(), "the server waited as long as the tables were locked"
            await asyncio.sleep(0.05)
        holder.cancel()
        await asyncio.gather(holder, return_exceptions=True)


def refuse_writes(databases: Databases, database: Database, sqlstate: str) -> None:
    """Have the server answer every insert with the error of that SQLSTATE."""
    databases.execute(
        database,
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{sqlstate}'; END $$",
        "CREATE TRIGGER refuse BEFORE INSERT ON usage EXECUTE FUNCTION refuse()",
    )


@pytest.mark.parametrize("sqlstate", ["53100", "25006"], ids=["full", "read-only"])
async def test_where_postgres_takes_no_writes_reading_goes_on(
    postgres_databases: PostgresDatabases, sqlstate: str
) -> None:
    database = postgres_databases.breakable()
    async with remembering(database) as storage:
        refuse_writes(postgres_databases, database, sqlstate)

        assert not await storage.outbox.put(request())
        await read(storage)
        assert not await storage.healthy()
        assert sqlstate in (storage.writing.reason or "")

        drop = "DROP TRIGGER refuse ON usage"
        postgres_databases.execute(database, drop)
        await emptied(storage)
        assert await storage.healthy()


async def test_a_read_only_transaction_default_is_noticed_as_well(
    postgres_databases: PostgresDatabases,
) -> None:
    database = postgres_databases.breakable()
    name = database.url.rpartition("/")[2]
    postgres_databases.execute(
        database, f"ALTER DATABASE {name} SET default_transaction_read_only = on"
    )
    async with remembering(database) as storage:
        assert not await storage.outbox.put(request())
        await read(storage)


async def test_too_many_connections_are_an_outage_like_others(
    postgres_databases: PostgresDatabases,
) -> None:
    database = postgres_databases.breakable()
    name = database.url.rpartition("/")[2]
    postgres_databases.execute(database, f"ALTER DATABASE {name} CONNECTION LIMIT 0")
    async with contextlib.AsyncExitStack() as stack:
        storage = Storage(database, SUBJECT_KEY)
        stack.push_async_callback(storage.aclose)
        assert not await storage.outbox.put(request())

        limit = f"ALTER DATABASE {name} CONNECTION LIMIT 10"
        postgres_databases.execute(database, limit)
        await emptied(storage)


async def test_a_wrong_password_is_an_outage_and_is_not_logged(
    postgres_databases: PostgresDatabases, caplog: pytest.LogCaptureFixture
) -> None:
    database = postgres_databases.fresh()
    wrong = replace(database, url=database.url.replace("not-a-secret", "hunter2"))
    storage = Storage(wrong, SUBJECT_KEY)
    with pytest.raises(StoreUnavailable):
        await read(storage)
    await storage.aclose()

    assert "28P01" in caplog.text
    assert "hunter2" not in caplog.text + repr(wrong)


async def test_sqlite_that_is_full_takes_the_records_when_there_is_room_again(
    embedded_databases: EmbeddedDatabases,
) -> None:
    database = embedded_databases.fresh()
    async with remembering(database) as storage:
        store = await storage.open()

        async def limit(pages: int) -> None:
            async def work(connection: object) -> None:
                await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")  # type: ignore[attr-defined] # a connection

            await store.read(work)

        await limit(1)
        assert not await storage.outbox.put(given(item="x" * 100_000))
        assert not await storage.healthy()
        await limit(1_000_000)
        await emptied(storage)
        assert len(await store.history.page(ANNA, None, 10)) == 1


async def test_sqlite_that_another_process_keeps_locked_costs_the_timeout_only(
    embedded_databases: EmbeddedDatabases,
) -> None:
    import sqlite3  # noqa: PLC0415 - this test alone needs it

    database = replace(embedded_databases.fresh(), timeout=TIMEOUT)
    async with remembering(database) as storage:
        with contextlib.closing(sqlite3.connect(database.path)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert not await storage.outbox.put(request())
            await read(storage)
        await emptied(storage)


async def test_sqlite_in_a_place_that_cannot_be_written_is_an_outage(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    storage = Storage(Database(f"sqlite:///{tmp_path}/file/store.sqlite3"), SUBJECT_KEY)

    with pytest.raises(StoreUnavailable):
        await storage.open()
    assert not await storage.healthy()

    (tmp_path / "file").unlink()
    await asyncio.sleep(0.1)
    await storage.open()
    await storage.aclose()


async def test_an_outage_is_logged_once_when_it_begins_and_once_when_it_ends(
    line: Line, through_line: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "shared.storage")
    async with remembering(through_line) as storage:
        line.hold()
        for _ in range(10):
            with pytest.raises(StoreUnavailable):
                await read(storage)
        line.flow()
        await asyncio.sleep(0.1)
        await read(storage)

    events = [record.getMessage().split()[0] for record in caplog.records]
    assert events == ["store_unavailable", "store_back"]
