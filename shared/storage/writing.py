"""Records to rows: a handful of statements for any number of records, harmless when repeated."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json
from sqlalchemy import bindparam, func, update
from sqlalchemy.dialects import postgresql, sqlite

from shared.storage.likeness_index import likeness_keys
from shared.storage.records import (
    FrozenTest,
    HistoryEntry,
    KeptAnswer,
    LibraryItem,
    UsageRecord,
    entry_time,
)
from shared.storage.tables import (
    frozen_tests,
    history,
    history_keys,
    idempotency,
    library,
    practised,
    usage,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy import Table
    from sqlalchemy.ext.asyncio import AsyncConnection

    from shared.storage.records import Record

Row = dict[str, Any]
Insert = postgresql.Insert | sqlite.Insert


def insert(connection: AsyncConnection, table: Table) -> Insert:
    """An INSERT in the database's dialect, which knows ON CONFLICT."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


async def write_records(connection: AsyncConnection, records: Sequence[Record]) -> None:
    """Write the records in the connection's transaction."""
    by_kind = defaultdict[type, list[Any]](list)
    for record in records:
        by_kind[type(record)].append(record)
    for kind, group in by_kind.items():
        if kind is KeptAnswer:
            await _keep_answers(connection, group)
            continue
        for table, rows_of in _ROWS[kind].items():
            rows = [row for record in group for row in rows_of(record)]
            if rows:
                await connection.execute(_statement(connection, table), rows)


def _statement(connection: AsyncConnection, table: Table) -> Insert:
    statement = insert(connection, table)
    if table is not practised:
        return statement.on_conflict_do_nothing()
    # The greatest of both: older records may come later, from another worker's outbox.
    greatest = getattr(func, "max" if connection.dialect.name == "sqlite" else "greatest")
    return statement.on_conflict_do_update(
        index_elements=list(practised.primary_key),
        set_={
            name: greatest(practised.c[name], statement.excluded[name])
            for name in ("topic_at", "item_at")
        },
    )


async def _keep_answers(connection: AsyncConnection, answers: Iterable[KeptAnswer]) -> None:
    mine = (
        (idempotency.c.subject == bindparam("of_subject"))
        & (idempotency.c.key == bindparam("of_key"))
        & (idempotency.c.claim == bindparam("of_claim"))
    )
    statement = update(idempotency).where(mine)
    await connection.execute(
        statement.values(status=bindparam("status"), body=bindparam("body")),
        [
            {
                "of_subject": answer.subject,
                "of_key": answer.key,
                "of_claim": answer.claim,
                "status": answer.status,
                "body": answer.body,
            }
            for answer in answers
        ],
    )


def _history(entry: HistoryEntry) -> list[Row]:
    return [
        {
            "subject": entry.subject,
            "id": entry.id,
            "part": entry.part,
            "topic": entry.topic,
            "source": entry.source,
            "fingerprint": entry.fingerprint,
            "item": entry.item,
            "texts": to_json(entry.texts).decode(),
        }
    ]


def _history_keys(entry: HistoryEntry) -> list[Row]:
    keys = frozenset().union(*(likeness_keys(entry.part, text) for text in entry.texts))
    return [{"subject": entry.subject, "key": key, "entry_id": entry.id} for key in sorted(keys)]


def _practised(entry: HistoryEntry) -> list[Row]:
    at = entry_time(entry.id)
    return [
        {
            "subject": entry.subject,
            "part": entry.part,
            "entry": name,
            "topic_at": at,
            "item_at": at if name in entry.covers else 0,
        }
        for name in sorted({*entry.topics, *entry.covers})
    ]


def _frozen_test(test: FrozenTest) -> list[Row]:
    at = int(test.at * 1000)
    return [{"id": test.id, "subject": test.subject, "at": at, "answer": test.answer}]


def _library(item: LibraryItem) -> list[Row]:
    columns = [column.name for column in library.columns if column.name not in {"at", "retired"}]
    row = {name: getattr(item, name) for name in columns}
    return [{**row, "at": int(item.at * 1000), "retired": False}]


def _usage(record: UsageRecord) -> list[Row]:
    return [{column.name: getattr(record, column.name) for column in usage.columns}]


_ROWS: dict[type, dict[Table, Callable[[Any], list[Row]]]] = {
    HistoryEntry: {history: _history, history_keys: _history_keys, practised: _practised},
    FrozenTest: {frozen_tests: _frozen_test},
    LibraryItem: {library: _library},
    UsageRecord: {usage: _usage},
}
