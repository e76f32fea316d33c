"""`make migrate`."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.running_app import REPOSITORY

if TYPE_CHECKING:
    from shared.storage.database import Database
    from tests.storage.databases import Databases


def migrate(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tools.migrate", *arguments],
        cwd=REPOSITORY,
        env={"PATH": "/usr/bin:/bin", "SUBJECT_KEY": "key", **env},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def database(databases: Databases) -> Database:
    return databases.empty()


def test_it_migrates_up_and_down_again(database: Database, databases: Databases) -> None:
    up = migrate(DATABASE_URL=database.url)
    assert up.returncode == 0, up.stderr
    assert databases.execute(database, "SELECT count(*) FROM history") == [(0,)]

    down = migrate("--down", "base", DATABASE_URL=database.url)
    assert down.returncode == 0, down.stderr
    assert databases.execute(database, "SELECT count(*) FROM alembic_version") == [(0,)]


def test_in_azure_it_wants_to_know_which_database() -> None:
    outcome = migrate(WEBSITE_SITE_NAME="app")

    assert outcome.returncode == 2
    assert "DATABASE_URL" in outcome.stderr


def test_a_wrong_setting_is_named_without_its_value() -> None:
    outcome = migrate(DATABASE_URL="mysql://app:s3cr3t@example.com/main")

    assert outcome.returncode == 2
    assert "DATABASE_URL" in outcome.stderr
    assert "s3cr3t" not in outcome.stderr
