"""The use cases about stored things: a validated request in, what is kept of it out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic_core import from_json

from shared.contract import DeliveredTest
from shared.errors import NotFound, StoreUnavailable
from shared.storage.records import entry_time
from shared.stored_contract import (
    Erased,
    HistoryItem,
    HistoryPage,
    Item,
    LibraryEntry,
    LibraryPage,
    Retired,
    UsageReport,
)
from shared.usage_report import usage_group

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shared.settings import ModelPrice
    from shared.storage.library import Holding
    from shared.storage.storage import Storage
    from shared.stored_contract import HistoryQuery, LibraryQuery, UsageQuery

_ITEM: TypeAdapter[Item] = TypeAdapter(Item)
_TEST_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ITEM_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class FrozenAnswer:
    """A mock test as it was delivered."""

    data: DeliveredTest
    meta: dict[str, Any]


class RecordsDesk:
    """Where requests about stored things are dealt with. All raise StoreUnavailable.

    Args:
        storage: where they are; None where nothing is kept.
        prices: of models, by name.

    """

    def __init__(self, storage: Storage | None, prices: Mapping[str, ModelPrice]) -> None:
        self._storage = storage
        self._prices = prices

    async def frozen_test(self, test_id: str, owner: str | None) -> FrozenAnswer:
        """The test, exactly as it was generated.

        Args:
            test_id: as the answer gave it.
            owner: the only subject to whom it exists; None for anybody.

        Raises:
            NotFound: there is none of that id, or it is another's.

        """
        storage = self._kept()
        subject = None if owner is None else storage.subject_hash(owner)
        tests = (await storage.open()).frozen_tests
        kept = await tests.answer(test_id, subject) if _TEST_ID.fullmatch(test_id) else None
        if kept is None:
            raise NotFound("There is no test of this id. Generate one with POST /generate-test.")
        answer = from_json(kept)
        return FrozenAnswer(DeliveredTest.model_validate(answer["data"]), answer["meta"])

    async def history(self, subject: str, asked: HistoryQuery) -> HistoryPage:
        """What the subject was given, the newest first."""
        storage = self._kept()
        rows = await (await storage.open()).history.page(
            storage.subject_hash(subject),
            bytes.fromhex(asked.before) if asked.before else None,
            asked.limit,
        )
        items = [
            HistoryItem(
                id=entry_id.hex(),
                at=datetime.fromtimestamp(entry_time(entry_id) / 1000, UTC),
                source=source,
                item=_ITEM.validate_json(item),
            )
            for entry_id, source, item in rows
        ]
        return HistoryPage(items=items, next=items[-1].id if len(items) == asked.limit else None)

    async def erase(self, subject: str) -> Erased:
        """Delete everything under the subject, also what has not been written yet."""
        storage = self._kept()
        hashed = storage.subject_hash(subject)
        await storage.outbox.forget(hashed)
        return Erased(items=await (await storage.open()).history.erase(hashed))

    async def library(self, asked: LibraryQuery) -> LibraryPage:
        """Accepted items, the newest first."""
        store = await self._kept().open()
        holdings = await store.library.page(asked.before, asked.limit, asked.part)
        more = len(holdings) == asked.limit
        return LibraryPage(
            items=[_library_entry(holding) for holding in holdings],
            next=holdings[-1].cursor if more else None,
        )

    async def retire(self, item_id: str) -> Retired:
        """Serve the item never again.

        Raises:
            NotFound: there is none of that id.

        """
        store = await self._kept().open()
        if not _ITEM_ID.fullmatch(item_id) or not await store.library.retire(item_id):
            raise NotFound("There is no item of this id. GET /library lists them.")
        return Retired(id=item_id)

    async def usage(self, asked: UsageQuery) -> UsageReport:
        """What the service did and cost."""
        store = await self._kept().open()
        lines = await store.usage.lines(asked.from_, asked.to, asked.group_by)
        return UsageReport(
            from_=asked.from_,
            to=asked.to,
            group_by=asked.group_by,
            groups=[usage_group(line, self._prices) for line in lines],
        )

    def _kept(self) -> Storage:
        if self._storage is None:
            raise StoreUnavailable(
                "This server remembers nothing: its operator has set no DATABASE_URL.",
                retry_after=3600,
            )
        return self._storage


def _library_entry(holding: Holding) -> LibraryEntry:
    return LibraryEntry(
        id=holding.id,
        accepted_at=datetime.fromtimestamp(holding.at, UTC),
        topic=holding.topic,
        model=holding.model,
        prompt_version=holding.prompt_version,
        retired=holding.retired,
        item=_ITEM.validate_json(holding.item),
    )
