"""The embedded database's two connections: shared by all requests, and replaced when they fail."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Select, bindparam, func, select, text

from shared.storage.embedded import CONNECTIONS, EmbeddedFile
from shared.storage.engine import make_engine
from shared.storage.tables import usage
from shared.storage.writing import statements_of
from tests.storage.records import request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.ext.asyncio import AsyncEngine

    from tests.storage.databases import EmbeddedDatabases

COUNT = select(func.count()).select_from(usage)
ECHO: Select[tuple[str]] = select(bindparam("word"))
BROKEN = select(text("no_such_column")).select_from(usage)


@pytest.fixture
async def engine(embedded_databases: EmbeddedDatabases) -> AsyncIterator[AsyncEngine]:
    engine = make_engine(embedded_databases.fresh())
    before = threading.active_count()
    yield engine
    await engine.dispose()
    # A connection that was dropped ends in its own time, and its thread tells nobody.
    while threading.active_count() > before:  # noqa: ASYNC110 - there is no event to wait for
        await asyncio.sleep(0.01)


@pytest.fixture
async def file(engine: AsyncEngine) -> AsyncIterator[EmbeddedFile]:
    file = EmbeddedFile(engine)
    yield file
    file.close()


async def count(file: EmbeddedFile) -> int:
    [(number,)] = await file.rows(COUNT, {})
    return int(number)


async def test_however_many_begin_at_once_there_are_two_connections(
    file: EmbeddedFile, engine: AsyncEngine
) -> None:
    await asyncio.gather(
        *(file.rows(ECHO, {"word": "x"}) for _ in range(20)),
        *(file.write(statements_of([request()], "sqlite")) for _ in range(20)),
    )

    assert engine.pool.checkedout() == CONNECTIONS  # type: ignore[attr-defined] # a queue pool
    assert await count(file) == 20


async def test_each_reader_gets_its_own_answer(file: EmbeddedFile) -> None:
    words = [f"word {number}" for number in range(20)]

    answers = await asyncio.gather(*(file.rows(ECHO, {"word": word}) for word in words))

    assert answers == [[(word,)] for word in words]


async def test_a_transaction_that_fails_writes_nothing(file: EmbeddedFile) -> None:
    [(_, rows)] = statements_of([request()], "sqlite")

    with pytest.raises(sqlite3.IntegrityError):
        await file.write([(usage.insert(), rows), (usage.insert(), rows)])

    assert await count(file) == 0


async def test_after_a_failure_it_goes_on_with_a_new_connection(file: EmbeddedFile) -> None:
    with pytest.raises(sqlite3.OperationalError):
        await file.rows(BROKEN, {})

    assert await count(file) == 0


async def test_those_who_read_while_another_fails_get_their_answers(file: EmbeddedFile) -> None:
    outcomes = await asyncio.gather(
        file.rows(ECHO, {"word": "before"}),
        file.rows(BROKEN, {}),
        file.rows(ECHO, {"word": "after"}),
        return_exceptions=True,
    )

    assert outcomes[0] == [("before",)]
    assert isinstance(outcomes[1], sqlite3.OperationalError)
    assert outcomes[2] == [("after",)]


async def test_a_writer_who_gives_up_leaves_nothing_half_written(file: EmbeddedFile) -> None:
    await file.write(statements_of([request()], "sqlite"))
    many = statements_of([request() for _ in range(2000)], "sqlite")
    giving_up = asyncio.create_task(file.write(many))
    await asyncio.sleep(0)
    giving_up.cancel()
    await asyncio.gather(giving_up, return_exceptions=True)

    await file.write(statements_of([request()], "sqlite"))
    assert await count(file) in {2, 2002}  # given up in time, or too late
