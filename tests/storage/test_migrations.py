"""The schema's versions, up and down, on both kinds of database."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from shared.storage import migrating
from shared.storage.engine import make_engine
from shared.storage.schema import HEAD
from shared.storage.storage import Storage
from shared.storage.tables import metadata
from tests.storage.conftest import SUBJECT_KEY
from tests.storage.records import ANNA, given

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from shared.storage.database import Database
    from tests.storage.databases import Databases, EmbeddedDatabases


@pytest.fixture
def database(databases: Databases) -> Database:
    return databases.empty()


async def differences(database: Database) -> list[object]:
    """What separates the database from the tables that the code works with."""

    def compare(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    engine = make_engine(database)
    async with engine.connect() as connection:
        found = await connection.run_sync(compare)
    await engine.dispose()
    return found


def test_the_newest_revision_is_the_one_that_the_code_expects() -> None:
    assert ScriptDirectory.from_config(migrating.configuration()).get_current_head() == HEAD


async def test_the_migrations_make_the_tables_that_the_code_works_with(
    database: Database,
) -> None:
    await migrating.upgrade(database)

    assert await differences(database) == []


async def test_down_to_the_base_leaves_nothing_and_up_again_works(database: Database) -> None:
    await migrating.upgrade(database)
    await migrating.downgrade(database, "base")
    assert len(await differences(database)) >= len(metadata.tables)

    await migrating.upgrade(database)
    assert await differences(database) == []


async def test_upgrading_twice_changes_nothing(database: Database) -> None:
    await migrating.upgrade(database)
    await migrating.upgrade(database)

    assert await differences(database) == []


async def test_of_many_who_migrate_at_once_all_succeed(database: Database) -> None:
    await asyncio.gather(
        *(asyncio.to_thread(asyncio.run, migrating.upgrade(database)) for _ in range(4))
    )

    assert await differences(database) == []


async def test_a_file_that_somebody_reads_can_be_opened_all_the_same(
    embedded_databases: EmbeddedDatabases,
) -> None:
    database = embedded_databases.empty()
    with closing(sqlite3.connect(database.path, isolation_level=None)) as reader:
        reader.execute("CREATE TABLE theirs (id INTEGER)")
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM theirs").fetchall()
        engine = make_engine(database)
        async with engine.connect() as connection:
            assert (await connection.exec_driver_sql("SELECT count(*) FROM theirs")).scalar() == 0
        await engine.dispose()


async def test_the_embedded_database_is_made_at_start_by_however_many_workers(
    embedded_databases: EmbeddedDatabases,
) -> None:
    database = embedded_databases.empty()
    workers = [Storage(database, SUBJECT_KEY) for _ in range(4)]

    await asyncio.gather(*(worker.open() for worker in workers))
    written = [await worker.outbox.put(given()) for worker in workers]

    assert all(written)
    assert len(await (await workers[0].open()).history.page(ANNA, None, 10)) == 4
    await asyncio.gather(*(worker.aclose() for worker in workers))


async def test_an_embedded_database_of_long_ago_is_migrated_at_start(
    embedded_databases: EmbeddedDatabases,
) -> None:
    database = embedded_databases.empty()
    await migrating.upgrade(database)
    await migrating.downgrade(database, "base")
    storage = Storage(database, SUBJECT_KEY)

    assert await storage.outbox.put(given())
    await storage.aclose()


async def test_a_migration_that_fails_leaves_nothing_half_done(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    source = migrating.FOLDER
    (folder / "env.py").write_text((source / "env.py").read_text())
    [first] = (source / "versions").glob("0001_*.py")
    broken = first.read_text().replace("    _create_usage()\n", "    raise RuntimeError\n", 1)
    (folder / "versions" / first.name).write_text(broken)
    monkeypatch.setattr(migrating, "FOLDER", folder)

    with pytest.raises(RuntimeError):
        await migrating.upgrade(database)

    # every table is still to be added, none is half there
    assert len([d for d in await differences(database) if d[0] == "add_table"]) == len(  # type: ignore[index] # tuples
        metadata.tables
    )
