"""One record a request, for what the service did and cost."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from shared.storage.records import UsageRecord

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shared.storage.storage import Storage


class UsageLog:
    """Takes the record of each request.

    Args:
        storage: where they are kept.

    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def record(self, route: str, status: int, duration_ms: float, spent: Mapping[str, Any]) -> None:
        """Have the record written; the answer does not wait for it.

        Args:
            route: the endpoint.
            status: of the answer.
            duration_ms: until the answer was ready.
            spent: further fields of UsageRecord, where the request generated anything.

        """
        day = datetime.now(UTC).date().isoformat()
        record = UsageRecord(
            route=route, status=status, duration_ms=round(duration_ms, 3), day=day, **spent
        )
        self._storage.outbox.post(record)
