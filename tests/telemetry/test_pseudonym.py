"""Who knows a subject, but not the key, cannot find the subject in a log."""

from __future__ import annotations

import subprocess
import sys

from shared.telemetry.pseudonym import pseudonym, set_pseudonym_key
from tests.support.running_app import REPOSITORY

_OF_ANOTHER_WORKER = "from shared.telemetry.pseudonym import pseudonym; print(pseudonym('anna'))"


def under(key: str) -> str:
    set_pseudonym_key(key)
    return pseudonym("anna")


def test_one_key_gives_one_pseudonym() -> None:
    assert under("key") == under("key")


def test_another_key_gives_another_pseudonym() -> None:
    assert under("key") != under("other")


def test_without_a_key_each_worker_has_one_of_its_own() -> None:
    command = [sys.executable, "-c", _OF_ANOTHER_WORKER]
    workers = [
        subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]

    assert workers[0] != workers[1]
