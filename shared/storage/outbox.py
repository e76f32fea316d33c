"""Records on their way to the database: written in groups, and kept while it is away."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shared.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from shared.storage.records import Record

logger = logging.getLogger(__name__)

CAPACITY = 20_000
"""Records that wait at most: some 20 MB, hours of use of one worker. Beyond it the oldest go."""

_GROUP = 200
RETRY_SECONDS = 1.0
"""From one failed attempt to the next."""

_LOG_EVERY = 1000


@dataclass(eq=False, slots=True)
class _Parcel:
    """The records of one `put`, and the caller who waits for them."""

    records: tuple[Record, ...]
    written: asyncio.Future[bool]

    def tell(self, *, written: bool) -> None:
        if not self.written.done():
            self.written.set_result(written)


class Outbox:
    """Puts records into the database, together with those of other requests of the moment.

    A task runs only while something waits. Nothing is lost while the database is away, up to
    CAPACITY records; then the oldest are dropped, and the log says how many.

    Args:
        write: writes all of the records, or none and raises StoreUnavailable; writing a record
            again changes nothing. Any other error means that a record can never be written.
        capacity: records that may wait.

    """

    def __init__(
        self,
        write: Callable[[Sequence[Record]], Awaitable[None]],
        capacity: int = CAPACITY,
    ) -> None:
        self._write = write
        self._capacity = capacity
        self._parcels: deque[_Parcel] = deque()
        self._sending = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self._failing = False
        self.waiting = 0
        """Records not yet written."""
        self.dropped = 0
        """Records given up because too many waited, or because they could never be written."""

    async def put(self, *records: Record) -> bool:
        """Have the records written, now or when the database is back.

        Returns:
            Whether they are written: False as soon as an attempt has failed.

        """
        if not records:
            return True
        written = self.post(*records)
        return False if self._failing else await written

    def post(self, *records: Record) -> asyncio.Future[bool]:
        """Have the records written, and wait for nothing."""
        parcel = _Parcel(records, asyncio.get_running_loop().create_future())
        self._parcels.append(parcel)
        self.waiting += len(records)
        self._drop_oldest()
        if self._task is None:
            self._task = asyncio.create_task(self._send_all())
        return parcel.written

    async def forget(self, subject: bytes) -> None:
        """Take back whatever waits under this subject; what is on its way is written first."""
        async with self._sending:
            for parcel in self._parcels:
                kept = [r for r in parcel.records if getattr(r, "subject", None) != subject]
                self.waiting -= len(parcel.records) - len(kept)
                parcel.records = tuple(kept)

    async def aclose(self) -> None:
        """Stop trying; what waits is lost."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _send_all(self) -> None:
        try:
            while self._parcels:
                async with self._sending:
                    await self._send(self._next_group())
                if self._failing:
                    await asyncio.sleep(RETRY_SECONDS)
        finally:
            self._task = None
            self._failing = False

    def _next_group(self) -> list[_Parcel]:
        group: list[_Parcel] = []
        size = 0
        while self._parcels and size < _GROUP:
            group.append(self._parcels.popleft())
            size += len(group[-1].records)
        return group

    async def _send(self, group: list[_Parcel]) -> None:
        try:
            await self._write([record for parcel in group for record in parcel.records])
        except StoreUnavailable:
            self._failing = True
            self._parcels.extendleft(reversed(group))
            self._drop_oldest()
            for parcel in self._parcels:
                parcel.tell(written=False)
        except Exception as error:  # noqa: BLE001 - whatever makes a record unwritable
            if sum(len(parcel.records) for parcel in group) > 1:
                await self._send_singly(group)
            else:
                self._lose(group[0], f"record_refused error={type(error).__name__}")
        except BaseException:  # cancelled: nothing may have been written
            self._parcels.extendleft(reversed(group))
            raise
        else:
            self._failing = False
            self._settle(group)

    async def _send_singly(self, group: list[_Parcel]) -> None:
        """Find the record that can never be written, so that it does not hold up the others."""
        for parcel in group:
            for record in parcel.records:
                await self._send([_Parcel((record,), parcel.written)])
            parcel.tell(written=True)

    def _settle(self, group: list[_Parcel]) -> None:
        for parcel in group:
            self.waiting -= len(parcel.records)
            parcel.tell(written=True)

    def _drop_oldest(self) -> None:
        while self.waiting > self._capacity and len(self._parcels) > 1:
            self._lose(self._parcels.popleft(), "outbox_full")

    def _lose(self, parcel: _Parcel, why: str) -> None:
        before = self.dropped
        self.dropped += len(parcel.records)
        self.waiting -= len(parcel.records)
        parcel.tell(written=False)
        if before == 0 or before // _LOG_EVERY != self.dropped // _LOG_EVERY:
            logger.error("records_dropped why=%s total=%d", why, self.dropped)
