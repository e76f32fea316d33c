"""What the service did and cost, summed up for its operators."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import case, func, select

from shared.storage.tables import usage

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.ext.asyncio import AsyncConnection

    from shared.storage.store import Store

GroupBy = Literal["day", "route", "model"]

_REPORT_SECONDS = 10.0
_FIRST_ERROR = 400


@dataclass(slots=True)
class UsageLine:
    """One group of requests.

    Attributes:
        group: the day, the route or the model; "" for requests without a model.
        errors: answers of status 400 and above.
        p50_ms: half of the requests took at most so long; likewise 95 of 100.
        items: items delivered, by source.
        tokens: prompt and completion tokens by model.

    """

    group: str
    requests: int = 0
    errors: int = 0
    p50_ms: float = 0.0
    p95_ms: float = 0.0
    repairs: int = 0
    items: dict[str, int] = field(default_factory=lambda: {"model": 0, "library": 0, "bank": 0})
    tokens: dict[str, tuple[int, int]] = field(default_factory=dict)


class UsageReports:
    """Sums up `UsageRecord`s."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def lines(self, first: date, last: date, group_by: GroupBy) -> list[UsageLine]:
        """One line a group, in order, of the days from `first` to `last` (UTC, both included).

        Raises:
            StoreUnavailable: the database does not answer.

        """
        days = usage.c.day.between(first.isoformat(), last.isoformat())
        group: ColumnElement[str | None] = usage.c[group_by]

        async def work(connection: AsyncConnection) -> list[UsageLine]:
            lines: dict[str, UsageLine] = {}
            for row in await connection.execute(_sums(group, days)):
                _add(lines.setdefault(row.name or "", UsageLine(row.name or "")), row)
            for name, p50, p95 in await connection.execute(_percentiles(group, days)):
                lines[name or ""].p50_ms, lines[name or ""].p95_ms = p50, p95
            return [lines[name] for name in sorted(lines)]

        return await self._store.read(work, _REPORT_SECONDS)


def _sums(group: ColumnElement[str | None], days: ColumnElement[bool]) -> Select[Any]:
    """By group and model, so that each model's tokens can be priced."""
    summed = [
        func.sum(usage.c[name]).label(name)
        for name in (
            "prompt_tokens",
            "completion_tokens",
            "items_model",
            "items_library",
            "items_bank",
            "repairs",
        )
    ]
    return (
        select(
            group.label("name"),
            usage.c.model,
            func.count().label("requests"),
            func.sum(case((usage.c.status >= _FIRST_ERROR, 1), else_=0)).label("errors"),
            *summed,
        )
        .where(days)
        .group_by(group, usage.c.model)
    )


def _add(line: UsageLine, row: Row[Any]) -> None:
    line.requests += row.requests
    line.errors += row.errors
    line.repairs += row.repairs
    for source in line.items:
        line.items[source] += getattr(row, f"items_{source}")
    if row.model is not None:
        prompt, completion = line.tokens.get(row.model, (0, 0))
        line.tokens[row.model] = (
            prompt + row.prompt_tokens,
            completion + row.completion_tokens,
        )


def _percentiles(group: ColumnElement[str | None], days: ColumnElement[bool]) -> Select[Any]:
    """By nearest rank, which both databases can do with window functions."""
    ranked = (
        select(
            group.label("name"),
            usage.c.duration_ms,
            func.row_number().over(partition_by=group, order_by=usage.c.duration_ms).label("rank"),
            func.count().over(partition_by=group).label("count"),
        )
        .where(days)
        .subquery()
    )

    def percentile(percent: int) -> ColumnElement[float]:
        reached = ranked.c.rank * 100 >= ranked.c.count * percent
        return func.min(case((reached, ranked.c.duration_ms)))

    return select(ranked.c.name, percentile(50), percentile(95)).group_by(ranked.c.name)
