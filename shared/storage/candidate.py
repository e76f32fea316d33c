"""One candidate's memory for the length of one request, as the use case knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from typing_extensions import override

from shared.errors import StoreUnavailable
from shared.generation.ports import LastGiven, NoMemory
from shared.storage.likeness_index import topic_key

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from shared.ielts.models import Part, PracticeDifficulty
    from shared.storage.records import Record
    from shared.storage.storage import Storage
    from shared.storage.store import Store

Result = TypeVar("Result")

_RECENT_ITEMS = 30
_RECENT_QUESTIONS = 8
_LIBRARY_ITEMS = 10
_NEWEST_OF_LIBRARY = 200


class CandidateMemory(NoMemory):
    """What one candidate has had. Where the database fails, it is an empty memory from then on.

    Args:
        storage: where it is kept.
        subject: the candidate's hash.

    Attributes:
        available: whether everything could be read and written so far.

    """

    def __init__(self, storage: Storage, subject: bytes) -> None:
        self._storage = storage
        self.subject = subject
        self.available = True

    @override
    async def practised(self, *parts: Part) -> Mapping[str, LastGiven]:
        async def read(store: Store) -> Mapping[str, LastGiven]:
            times = await store.history.practised(self.subject, parts)
            return {entry: LastGiven(item, topic) for entry, (item, topic) in times.items()}

        return await self._read(read, {})

    @override
    async def recent(self, part: Part, topic: str) -> Sequence[str]:
        async def read(store: Store) -> Sequence[str]:
            items = await store.history.recent(self.subject, part, _RECENT_ITEMS)
            on_topic = topic_key(topic)
            items.sort(key=lambda item: topic_key(item[0]) != on_topic)
            return [texts[0] for _, texts in items[:_RECENT_QUESTIONS] if texts]

        return await self._read(read, ())

    @override
    async def alike(self, part: Part, texts: Sequence[str]) -> Sequence[str]:
        return await self._read(lambda store: store.history.alike(self.subject, part, texts), ())

    @override
    async def library(
        self, part: Part, topic: str, difficulty: PracticeDifficulty
    ) -> Sequence[str]:
        return await self._read(
            lambda store: store.library.fresh(
                self.subject, part, topic_key(topic), difficulty, _LIBRARY_ITEMS
            ),
            (),
        )

    @override
    async def library_topics(self, part: Part, difficulty: PracticeDifficulty) -> Sequence[str]:
        return await self._read(
            lambda store: store.library.fresh_topics(
                self.subject, part, difficulty, _NEWEST_OF_LIBRARY
            ),
            (),
        )

    async def remember(self, *records: Record) -> None:
        """Have the records written, now or when the database is back."""
        if not await self._storage.outbox.put(*records):
            self.available = False

    async def _read(self, read: Callable[[Store], Awaitable[Result]], otherwise: Result) -> Result:
        if not self.available:
            return otherwise
        try:
            return await read(await self._storage.open())
        except StoreUnavailable:
            self.available = False
            return otherwise
