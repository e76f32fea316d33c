"""Records of made-up candidates."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from shared.storage.likeness_index import fingerprint, topic_key
from shared.storage.records import HistoryEntry, LibraryItem, UsageRecord

if TYPE_CHECKING:
    from collections.abc import Sequence

ANNA = b"anna____________"
BORIS = b"boris___________"

_numbers = count(1)


def given(*texts: str, subject: bytes = ANNA, **changes: Any) -> HistoryEntry:
    """An item with these texts, as given to a candidate."""
    texts = texts or (f"Describe something you made on day {next(_numbers)}.",)
    entry: dict[str, Any] = {
        "subject": subject,
        "part": 2,
        "topic": "making things",
        "source": "bank",
        "item": '{"part": 2}',
        "texts": texts,
        "fingerprint": fingerprint(texts),
    }
    return HistoryEntry(**{**entry, **changes})


def accepted(*texts: str, **changes: Any) -> LibraryItem:
    """An item of a model with these texts."""
    texts = texts or (f"Describe something you found on day {next(_numbers)}.",)
    item: dict[str, Any] = {
        "fingerprint": fingerprint(texts),
        "part": 2,
        "topic": "finding things",
        "topic_key": topic_key(changes.get("topic", "finding things")),
        "difficulty": "standard",
        "prompt_version": "1",
        "model": "some-model",
        "item": f'{{"describe": "{texts[0]}"}}',
    }
    return LibraryItem(**{**item, **changes})


def request(**changes: Any) -> UsageRecord:
    """One request's record."""
    record: dict[str, Any] = {
        "route": "generate-question",
        "status": 200,
        "duration_ms": 100.0,
        "day": "2026-11-20",
    }
    return UsageRecord(**{**record, **changes})


def ids(records: Sequence[UsageRecord]) -> list[bytes]:
    return sorted(record.id for record in records)
