"""What the service remembers.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table."""
    _create_candidates_tables()
    _create_frozen_tests()
    _create_idempotency()
    _create_library()
    _create_usage()


def downgrade() -> None:
    """Drop every table, and with them everything remembered."""
    for table in (
        "usage",
        "library",
        "idempotency",
        "frozen_tests",
        "practised",
        "history_keys",
        "history",
    ):
        op.drop_table(table)


def _create_candidates_tables() -> None:
    op.create_table(
        "history",
        sa.Column("subject", sa.LargeBinary(16), nullable=False),
        sa.Column("id", sa.LargeBinary(12), nullable=False),
        sa.Column("part", sa.SmallInteger, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("source", sa.String(8), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(16), nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("texts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("subject", "id", name="pk_history"),
    )
    op.create_index("ix_history_subject_part_id", "history", ["subject", "part", "id"])
    op.create_index("ix_history_subject_fingerprint", "history", ["subject", "fingerprint"])
    op.create_table(
        "history_keys",
        sa.Column("subject", sa.LargeBinary(16), nullable=False),
        sa.Column("key", sa.BigInteger, nullable=False),
        sa.Column("entry_id", sa.LargeBinary(12), nullable=False),
        sa.PrimaryKeyConstraint("subject", "key", "entry_id", name="pk_history_keys"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "practised",
        sa.Column("subject", sa.LargeBinary(16), nullable=False),
        sa.Column("part", sa.SmallInteger, nullable=False),
        sa.Column("entry", sa.String(100), nullable=False),
        sa.Column("topic_at", sa.BigInteger, nullable=False),
        sa.Column("item_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("subject", "part", "entry", name="pk_practised"),
        sqlite_with_rowid=False,
    )


def _create_frozen_tests() -> None:
    op.create_table(
        "frozen_tests",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("subject", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_frozen_tests"),
    )
    op.create_index("ix_frozen_tests_subject", "frozen_tests", ["subject"])


def _create_idempotency() -> None:
    op.create_table(
        "idempotency",
        sa.Column("subject", sa.LargeBinary(16), nullable=False),
        sa.Column("key", sa.LargeBinary(16), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(16), nullable=False),
        sa.Column("claim", sa.LargeBinary(16), nullable=False),
        sa.Column("claimed_until", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("status", sa.SmallInteger),
        sa.Column("body", sa.LargeBinary),
        sa.PrimaryKeyConstraint("subject", "key", name="pk_idempotency"),
    )
    op.create_index("ix_idempotency_expires_at", "idempotency", ["expires_at"])


def _create_library() -> None:
    op.create_table(
        "library",
        sa.Column("fingerprint", sa.LargeBinary(16), nullable=False),
        sa.Column("part", sa.SmallInteger, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("topic_key", sa.Text, nullable=False),
        sa.Column("difficulty", sa.String(8), nullable=False),
        sa.Column("prompt_version", sa.String(40), nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("retired", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_library"),
    )
    op.create_index(
        "ix_library_part_difficulty_retired_topic_key",
        "library",
        ["part", "difficulty", "retired", "topic_key"],
    )
    op.create_index("ix_library_newest", "library", ["part", "difficulty", "retired", "at"])
    op.create_index("ix_library_at_fingerprint", "library", ["at", "fingerprint"])


def _create_usage() -> None:
    op.create_table(
        "usage",
        sa.Column("id", sa.LargeBinary(12), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("route", sa.String(80), nullable=False),
        sa.Column("status", sa.SmallInteger, nullable=False),
        sa.Column("duration_ms", sa.Float, nullable=False),
        sa.Column("model", sa.Text),
        sa.Column("prompt_tokens", sa.Integer, nullable=False),
        sa.Column("completion_tokens", sa.Integer, nullable=False),
        sa.Column("items_model", sa.SmallInteger, nullable=False),
        sa.Column("items_library", sa.SmallInteger, nullable=False),
        sa.Column("items_bank", sa.SmallInteger, nullable=False),
        sa.Column("repairs", sa.SmallInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_usage"),
    )
    op.create_index("ix_usage_day", "usage", ["day"])
