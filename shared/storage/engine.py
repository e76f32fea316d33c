"""The engine: a small pool of connections, each bounded in time on both ends."""

from __future__ import annotations

import ssl
from contextlib import suppress
from sqlite3 import OperationalError
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import create_async_engine

from shared.storage.embedded import CONNECTIONS

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.ext.asyncio import AsyncEngine

    from shared.storage.database import Database

_RECYCLE_SECONDS = 1800
"""Below the idle limits of what stands between an app and its database in Azure."""


def make_engine(database: Database) -> AsyncEngine:
    """An engine that connects when first asked. Belongs to the event loop that first uses it."""
    options: dict[str, Any] = {
        "pool_size": database.pool_size + (CONNECTIONS if database.embedded else 0),
        "max_overflow": 0,
        "pool_timeout": database.timeout,
        "pool_recycle": _RECYCLE_SECONDS,
        # Transactions end where they begin, in `Store`: nothing is left to roll back, and on
        # SQLite even that would cost a trip to the connection's thread.
        "pool_reset_on_return": None,
    }
    if not database.embedded:
        return create_async_engine(database.address, connect_args=_postgres(database), **options)
    engine = create_async_engine(database.address, connect_args=_sqlite(database), **options)
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    return engine


def _sqlite(database: Database) -> dict[str, Any]:
    # IMMEDIATE: a transaction that writes takes its turn when it begins, and never has to give up
    # half-way because another process wrote first.
    return {"timeout": database.timeout, "isolation_level": "IMMEDIATE"}


def _set_pragmas(connection: DBAPIConnection, _: object) -> None:
    cursor = connection.cursor()
    # Readers and the one writer do not wait. It is the file's property, and SQLite waits for no
    # lock to change it: another connection is just doing so, or the next one will.
    with suppress(OperationalError):
        cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")  # safe with WAL against all but a power cut
    cursor.close()


def _postgres(database: Database) -> dict[str, Any]:
    arguments: dict[str, Any] = {
        "timeout": database.timeout,  # of connecting
        "ssl": ssl_of(database.sslmode),
        "server_settings": {
            "application_name": "ielts-speaking-questions",
            "statement_timeout": str(int(database.timeout * 1000)),
            "idle_in_transaction_session_timeout": "10000",
            "jit": "off",  # the statements are small: planning would cost more than running
        },
    }
    if database.password is not None:
        arguments["password"] = database.password
    return arguments


def ssl_of(mode: str) -> ssl.SSLContext | bool | str:
    """What asyncpg takes for libpq's `sslmode`; verified against the machine's authorities."""
    if mode == "verify-full":
        return ssl.create_default_context()
    return False if mode == "disable" else mode
