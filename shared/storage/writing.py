"""Records to rows: a handful of statements for any number of records, harmless when repeated."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
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
    from collections.abc import Callable, Sequence

    from sqlalchemy import Executable, Table

    from shared.storage.records import Record

Row = dict[str, Any]
Insert = postgresql.Insert | sqlite.Insert


def statements_of(records: Sequence[Record], dialect: str) -> list[tuple[Executable, list[Row]]]:
    """What writes the records: statements, each with all of its rows.

    Args:
        records: of any kinds.
        dialect: "postgresql" or "sqlite".

    """
    by_kind = defaultdict[type, list[Any]](list)
    for record in records:
        by_kind[type(record)].append(record)
    statements: list[tuple[Executable, list[Row]]] = []
    for kind, group in by_kind.items():
        for table, rows_of in _ROWS[kind].items():
            rows = [row for record in group for row in rows_of(record)]
            if rows:
                statements.append((_statement(table, dialect), rows))
    return statements


def insert(table: Table, dialect: str) -> Insert:
    """An INSERT that knows ON CONFLICT, as both databases do."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@cache
def _statement(table: Table, dialect: str) -> Executable:
    if table is idempotency:
        return _KEEP_ANSWER
    statement = insert(table, dialect)
    if table is not practised:
        return statement.on_conflict_do_nothing()
    # The greatest of both: older records may come later, from another worker's outbox.
    greatest = getattr(func, "max" if dialect == "sqlite" else "greatest")
    return statement.on_conflict_do_update(
        index_elements=list(practised.primary_key),
        set_={
            name: greatest(practised.c[name], statement.excluded[name])
            for name in ("topic_at", "item_at")
        },
    )


_KEEP_ANSWER = (
    update(idempotency)
    .where(
        idempotency.c.subject == bindparam("of_subject"),
        idempotency.c.key == bindparam("of_key"),
        idempotency.c.claim == bindparam("of_claim"),
    )
    .values(status=bindparam("status"), body=bindparam("body"))
)


def _kept_answer(answer: KeptAnswer) -> list[Row]:
    return [
        {
            "of_subject": answer.subject,
            "of_key": answer.key,
            "of_claim": answer.claim,
            "status": answer.status,
            "body": answer.body,
        }
    ]


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
    KeptAnswer: {idempotency: _kept_answer},
}
