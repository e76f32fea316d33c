from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.storage.records import request

if TYPE_CHECKING:
    from shared.storage.storage import Storage
    from shared.storage.store import Store

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


async def test_requests_errors_repairs_and_items_are_summed(storage: Storage, store: Store) -> None:
    await storage.outbox.put(
        request(items_model=2, repairs=1),
        request(items_bank=1, items_library=4),
        request(status=404),
        request(status=503),
    )

    [line] = await store.usage.lines(FIRST, LAST, "route")

    assert (line.group, line.requests, line.errors, line.repairs) == ("generate-question", 4, 2, 1)
    assert line.items == {"model": 2, "library": 4, "bank": 1}


async def test_latencies_are_percentiles_by_nearest_rank(storage: Storage, store: Store) -> None:
    await storage.outbox.put(*(request(duration_ms=float(n)) for n in range(1, 101)))

    [line] = await store.usage.lines(FIRST, LAST, "day")

    assert (line.p50_ms, line.p95_ms) == (50.0, 95.0)


async def test_one_request_is_its_own_percentiles(storage: Storage, store: Store) -> None:
    await storage.outbox.put(request(duration_ms=7.5))

    [line] = await store.usage.lines(FIRST, LAST, "day")

    assert (line.p50_ms, line.p95_ms) == (7.5, 7.5)


async def test_tokens_are_kept_apart_by_model(storage: Storage, store: Store) -> None:
    await storage.outbox.put(
        request(model="small", prompt_tokens=10, completion_tokens=1),
        request(model="small", prompt_tokens=10, completion_tokens=2),
        request(model="large", prompt_tokens=5, completion_tokens=3),
        request(),
    )

    [line] = await store.usage.lines(FIRST, LAST, "day")

    assert line.tokens == {"small": (20, 3), "large": (5, 3)}


async def test_groups_come_in_order(storage: Storage, store: Store) -> None:
    await storage.outbox.put(
        request(day="2026-11-21", route="b", model="m"), request(day="2026-11-20", route="a")
    )

    groups = {
        by: [line.group for line in await store.usage.lines(FIRST, LAST, by)]
        for by in ("day", "route", "model")
    }

    assert groups == {
        "day": ["2026-11-20", "2026-11-21"],
        "route": ["a", "b"],
        "model": ["", "m"],
    }


async def test_only_the_days_asked_for_count(storage: Storage, store: Store) -> None:
    await storage.outbox.put(request(day="2026-10-31"), request(day="2026-12-01"))

    assert await store.usage.lines(FIRST, LAST, "day") == []
