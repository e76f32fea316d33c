"""Alembic's migrations, applied over the same drivers as everything else.

One transaction under a lock: whoever comes second finds the work done.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from sqlalchemy import event, text

from shared.storage.engine import make_engine
from shared.storage.schema import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.ext.asyncio import AsyncEngine

    from shared.storage.database import Database

FOLDER = Path(__file__).parent / "migrations"
_SECONDS = 120.0
_LOCK = 7_316_002_114_880_513_402
"""Any number, as long as nobody else uses it for an advisory lock in this database."""


async def upgrade(database: Database, revision: str = HEAD) -> None:
    """Bring the database up to the revision."""
    await _run(database, lambda config: command.upgrade(config, revision))


async def downgrade(database: Database, revision: str) -> None:
    """Take the database back to the revision; "base" leaves nothing of ours."""
    await _run(database, lambda config: command.downgrade(config, revision))


def configuration() -> Config:
    """What an alembic.ini would say."""
    config = Config()
    config.set_main_option("script_location", FOLDER.as_posix())
    config.set_main_option("path_separator", "os")
    return config


async def _run(database: Database, work: Callable[[Config], None]) -> None:
    engine = make_engine(replace(database, timeout=_SECONDS))
    if database.embedded:
        _lock_whole_file(engine)

    def run(connection: Connection) -> None:
        if not database.embedded:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        config = configuration()
        config.attributes["connection"] = connection
        work(config)

    try:
        async with engine.begin() as connection:
            await connection.run_sync(run)
    finally:
        await engine.dispose()


def _lock_whole_file(engine: AsyncEngine) -> None:
    """Begin transactions ourselves: the sqlite3 module begins none before CREATE TABLE."""

    def leave_transactions_to_us(connection: DBAPIConnection, _: object) -> None:
        connection.isolation_level = None

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(engine.sync_engine, "connect", leave_transactions_to_us)
    event.listen(engine.sync_engine, "begin", begin)
