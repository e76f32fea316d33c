"""The outbox by itself, with a database made of a list."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from shared.errors import StoreUnavailable
from shared.storage import outbox
from shared.storage.outbox import Outbox
from tests.storage.records import ANNA, BORIS, given, request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from shared.storage.records import Record, UsageRecord


class Rows:
    """Where records end up, unless it is away, or a record is one that it never takes."""

    def __init__(self) -> None:
        self.written: list[Record] = []
        self.groups: list[int] = []
        self.away = False
        self.refused: Record | None = None
        self.open = asyncio.Event()
        self.open.set()

    async def write(self, records: Sequence[Record]) -> None:
        await self.open.wait()
        if self.away:
            raise StoreUnavailable
        if self.refused in records:
            raise ValueError
        self.groups.append(len(records))
        self.written += records


@pytest.fixture
def rows() -> Rows:
    return Rows()


@pytest.fixture
async def box(rows: Rows, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Outbox]:
    monkeypatch.setattr(outbox, "RETRY_SECONDS", 0.01)
    box = Outbox(rows.write, capacity=10)
    yield box
    await box.aclose()


async def emptied(box: Outbox) -> None:
    async with asyncio.timeout(5):
        while box.waiting:  # noqa: ASYNC110 - the outbox tells those who put, only
            await asyncio.sleep(0.001)


async def test_a_record_is_written_when_put_returns(box: Outbox, rows: Rows) -> None:
    record = request()

    assert await box.put(record)
    assert rows.written == [record]


async def test_records_of_the_same_moment_are_written_together(box: Outbox, rows: Rows) -> None:
    await asyncio.gather(*(box.put(request()) for _ in range(8)))

    assert rows.groups == [8]


async def test_put_says_when_the_record_has_to_wait(box: Outbox, rows: Rows) -> None:
    rows.away = True

    assert not await box.put(request())
    assert not await box.put(request())
    assert box.waiting == 2


async def test_what_waited_goes_out_in_order_when_the_database_is_back(
    box: Outbox, rows: Rows
) -> None:
    records = [request() for _ in range(5)]
    rows.away = True
    for record in records:
        await box.put(record)
    rows.away = False
    await emptied(box)

    assert rows.written == records


async def test_beyond_its_bound_the_oldest_are_dropped_and_counted(
    box: Outbox, rows: Rows, caplog: pytest.LogCaptureFixture
) -> None:
    records = [request() for _ in range(13)]
    rows.away = True
    for record in records:
        await box.put(record)

    assert (box.waiting, box.dropped) == (10, 3)
    assert "records_dropped why=outbox_full total=1" in caplog.text
    rows.away = False
    await emptied(box)
    assert rows.written == records[3:]


async def test_a_record_that_can_never_be_written_does_not_hold_up_the_others(
    box: Outbox, rows: Rows
) -> None:
    records: list[UsageRecord] = [request() for _ in range(5)]
    rows.refused = records[2]
    await asyncio.gather(*(box.put(record) for record in records))

    assert rows.written == [*records[:2], *records[3:]]
    assert (box.waiting, box.dropped) == (0, 1)


async def test_what_waits_under_a_subject_can_be_taken_back(box: Outbox, rows: Rows) -> None:
    rows.away = True
    boris = given(subject=BORIS)
    await box.put(given(subject=ANNA), boris)

    await box.forget(ANNA)
    rows.away = False
    await emptied(box)

    assert rows.written == [boris]


async def test_a_caller_who_gives_up_does_not_take_the_record_along(
    box: Outbox, rows: Rows
) -> None:
    rows.open.clear()
    caller = asyncio.create_task(box.put(request()))
    await asyncio.sleep(0.01)
    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)
    rows.open.set()
    await emptied(box)

    assert len(rows.written) == 1


async def test_nothing_runs_while_nothing_waits(box: Outbox) -> None:
    await box.put(request())
    await asyncio.sleep(0)

    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_slow_database_delays_no_longer_than_its_own_timeout(
    box: Outbox, rows: Rows
) -> None:
    rows.open.clear()
    rows.away = True
    waiting = [asyncio.create_task(box.put(request())) for _ in range(4)]
    await asyncio.sleep(0.01)
    rows.open.set()

    assert await asyncio.gather(*waiting) == [False] * 4


async def test_a_worker_that_stops_does_not_double_what_it_had_begun(
    box: Outbox, rows: Rows
) -> None:
    rows.open.clear()
    record = request()
    caller = asyncio.create_task(box.put(record))
    await asyncio.sleep(0.01)
    await box.aclose()
    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)

    assert box.waiting == 1
    rows.open.set()
    await box.put(request())
    await emptied(box)
    assert [r for r in rows.written if r == record] == [record]
