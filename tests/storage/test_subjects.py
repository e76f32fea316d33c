from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from shared.storage.subjects import SubjectHash, local_key
from shared.telemetry.pseudonym import pseudonym, set_pseudonym_key

if TYPE_CHECKING:
    from pathlib import Path


def test_the_same_key_gives_the_same_hash_and_another_key_another() -> None:
    assert SubjectHash("key")("anna@example.com") == SubjectHash("key")("anna@example.com")
    assert SubjectHash("key")("anna") != SubjectHash("other")("anna")
    assert SubjectHash("key")("anna") != SubjectHash("key")("boris")


def test_the_hash_is_not_the_one_in_the_log() -> None:
    set_pseudonym_key("key")

    assert pseudonym("anna") not in SubjectHash("key")("anna").hex()


def test_the_local_key_is_made_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "new" / "subject-key"

    assert local_key(path) == local_key(path)
    assert len(local_key(path)) >= 32


def test_nobody_else_may_read_the_local_key(tmp_path: Path) -> None:
    local_key(tmp_path / "subject-key")

    assert (tmp_path / "subject-key").stat().st_mode & 0o077 == 0


def test_workers_that_start_at_once_end_up_with_one_key(tmp_path: Path) -> None:
    path = tmp_path / "subject-key"
    with ThreadPoolExecutor(8) as workers:
        keys = set(workers.map(local_key, [path] * 16))

    assert len(keys) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["subject-key"]
