"""The tables. Imported with sqlalchemy, so at first use only."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
)

# Times are milliseconds since the epoch. Subjects are keyed hashes of 16 bytes.

history = Table(
    "history",
    metadata,
    Column("subject", LargeBinary(16), primary_key=True),
    Column("id", LargeBinary(12), primary_key=True),  # sorts by time
    Column("part", SmallInteger, nullable=False),
    Column("topic", Text, nullable=False),
    Column("source", String(8), nullable=False),
    Column("fingerprint", LargeBinary(16), nullable=False),
    Column("item", Text, nullable=False),
    Column("texts", Text, nullable=False),
    Index(None, "subject", "part", "id"),
    Index(None, "subject", "fingerprint"),
)

history_keys = Table(
    "history_keys",
    metadata,
    Column("subject", LargeBinary(16), primary_key=True),
    Column("key", BigInteger, primary_key=True),
    Column("entry_id", LargeBinary(12), primary_key=True),
    sqlite_with_rowid=False,  # the key is the whole row
)

practised = Table(
    "practised",
    metadata,
    Column("subject", LargeBinary(16), primary_key=True),
    Column("part", SmallInteger, primary_key=True),
    Column("entry", String(100), primary_key=True),  # a bank entry's id
    Column("topic_at", BigInteger, nullable=False),  # when an item on its topic was last given
    Column("item_at", BigInteger, nullable=False),  # when it, or its like, was; 0 if never
    sqlite_with_rowid=False,
)

frozen_tests = Table(
    "frozen_tests",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("subject", LargeBinary(16), nullable=False, index=True),
    Column("at", BigInteger, nullable=False),
    Column("answer", Text, nullable=False),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("subject", LargeBinary(16), primary_key=True),
    Column("key", LargeBinary(16), primary_key=True),  # of the route and the caller's key
    Column("body_hash", LargeBinary(16), nullable=False),
    Column("claim", LargeBinary(16), nullable=False),
    Column("claimed_until", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False, index=True),
    Column("status", SmallInteger),  # null while the first request is running
    Column("body", LargeBinary),
)

library = Table(
    "library",
    metadata,
    Column("fingerprint", LargeBinary(16), primary_key=True),
    Column("part", SmallInteger, nullable=False),
    Column("topic", Text, nullable=False),
    Column("topic_key", Text, nullable=False),
    Column("difficulty", String(8), nullable=False),
    Column("prompt_version", String(40), nullable=False),
    Column("model", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("retired", Boolean, nullable=False),
    Index(None, "part", "difficulty", "retired", "topic_key"),
    Index("ix_library_newest", "part", "difficulty", "retired", "at"),
    Index(None, "at", "fingerprint"),
)

usage = Table(
    "usage",
    metadata,
    Column("id", LargeBinary(12), primary_key=True),
    Column("day", String(10), nullable=False, index=True),
    Column("route", String(80), nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("duration_ms", Float, nullable=False),
    Column("model", Text),
    Column("prompt_tokens", Integer, nullable=False),
    Column("completion_tokens", Integer, nullable=False),
    Column("items_model", SmallInteger, nullable=False),
    Column("items_library", SmallInteger, nullable=False),
    Column("items_bank", SmallInteger, nullable=False),
    Column("repairs", SmallInteger, nullable=False),
)
