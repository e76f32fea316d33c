"""The schema's version, and the embedded database brought up to it when the store is opened."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from shared.storage.database import Database

HEAD = "0001"
"""The newest revision of migrations/versions."""


def prepare_embedded(database: Database) -> None:
    """Create or migrate the embedded database; exactly once, however many workers start.

    Blocks. Alembic is imported only where there is something for it to do.

    Raises:
        Exception: the file cannot be made, read or migrated.

    """
    path = database.path
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and _revision(path) == HEAD:
        return
    from shared.storage.migrating import upgrade  # noqa: PLC0415 - heavy, and seldom needed

    asyncio.run(upgrade(database))


def _revision(path: Path) -> str | None:
    with closing(sqlite3.connect(path)) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError:  # no such table
            return None
    return row[0] if row else None
