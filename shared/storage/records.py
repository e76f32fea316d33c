"""What is written down: each record knows its own id, so writing it twice changes nothing."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field

ENTRY_ID_BYTES = 12
_TIME_BYTES = 6


def new_entry_id(now: float | None = None) -> bytes:
    """12 bytes that sort by time: milliseconds since the epoch, then random ones."""
    milliseconds = int((time.time() if now is None else now) * 1000)
    return milliseconds.to_bytes(_TIME_BYTES) + secrets.token_bytes(ENTRY_ID_BYTES - _TIME_BYTES)


def entry_time(entry_id: bytes) -> int:
    """The milliseconds since the epoch in an entry's id."""
    return int.from_bytes(entry_id[:_TIME_BYTES])


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One item that a candidate was given.

    Attributes:
        subject: the candidate's hash.
        part: 1, 2 or 3.
        source: "model", "library" or "bank".
        item: the item as JSON.
        texts: its questions, or its describe line: what makes it the same as another.
        fingerprint: of the texts; the same item has the same.
        topics: ids of the bank entries on whose topic it is.
        covers: ids of the bank entries that ask what it asks.

    """

    subject: bytes
    part: int
    topic: str
    source: str
    item: str
    texts: tuple[str, ...]
    fingerprint: bytes
    topics: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    id: bytes = field(default_factory=new_entry_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenTest:
    """A mock test exactly as it was delivered: `answer` is its data as JSON."""

    id: str
    subject: bytes
    answer: str
    at: float = field(default_factory=time.time)


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryItem:
    """A model's item that the rules accepted.

    Attributes:
        fingerprint: of its texts; names the item, in hexadecimal, to examiners.
        topic_key: the topic's words in a form in which "journeys" is "a journey".
        difficulty: the practice difficulty that it was written for; "standard" if none was asked.

    """

    fingerprint: bytes
    part: int
    topic: str
    topic_key: str
    difficulty: str
    prompt_version: str
    model: str
    item: str
    at: float = field(default_factory=time.time)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageRecord:
    """One request, without a word of who made it.

    Attributes:
        day: "2026-11-22", UTC.
        items_model: items that the model wrote for it; likewise library and bank.

    """

    route: str
    status: int
    duration_ms: float
    day: str
    model: str | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0
    items_model: int = 0
    items_library: int = 0
    items_bank: int = 0
    repairs: int = 0
    id: bytes = field(default_factory=new_entry_id)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to run the request: `token` tells this run from any that takes over."""

    subject: bytes
    key: bytes
    token: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """The answer that the first request got."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """The answer to keep under a claimed idempotency key."""

    subject: bytes
    key: bytes
    claim: bytes
    status: int
    body: bytes


Record = HistoryEntry | FrozenTest | LibraryItem | UsageRecord | KeptAnswer
