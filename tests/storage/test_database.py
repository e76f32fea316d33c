from __future__ import annotations

import ssl
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from shared.errors import StoreUnavailable
from shared.settings import SettingsError, load_settings
from shared.storage.database import Database
from shared.storage.engine import make_engine, ssl_of
from shared.storage.storage import Storage
from tests.storage.conftest import SUBJECT_KEY
from tests.storage.records import given
from tests.support.postgres import PASSWORD
from tests.support.running_app import REPOSITORY

if TYPE_CHECKING:
    from tests.storage.databases import PostgresDatabases

URL = "postgresql://app:s3cr3t@db.example.com/main"


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///a.db", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite:////var/a.db", "sqlite+aiosqlite"),
        ("postgres://u@h/d", "postgresql+asyncpg"),
        ("postgresql://u@h/d", "postgresql+asyncpg"),
        ("postgresql+asyncpg://u@h/d", "postgresql+asyncpg"),
    ],
)
def test_a_url_in_any_usual_form_gets_the_asynchronous_driver(url: str, driver: str) -> None:
    assert make_engine(Database(url)).url.drivername == driver


@pytest.mark.parametrize("url", ["", "mysql://u@h/d", "sqlite://", "sqlite:///", "a.db"])
def test_anything_else_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="sqlite:///PATH or postgresql://"):
        Database(url)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////",
        "sqlite:////folder/",
        "postgresql://",
        "postgresql:///",
        "postgresql:///main",
        "postgresql://u:s3cr3t@h",
        "postgresql://u:s3cr3t@h/",
        "postgresql://u:s3cr3t@/main",
        "postgresql://u:s3cr3t@h:port/main",
        "mysql://u:s3cr3t@h/main",
    ],
)
def test_half_an_address_stops_the_start_without_being_shown(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("SUBJECT_KEY", "k")

    with pytest.raises(SettingsError, match="DATABASE_URL: must be postgresql://") as failure:
        load_settings()

    assert "s3cr3t" not in str(failure.value)


def test_its_password_is_not_printed() -> None:
    assert "s3cr3t" not in repr(Database(URL))


@pytest.mark.parametrize(
    ("url", "sslmode"),
    [
        (URL, "verify-full"),
        (f"{URL}?sslmode=require", "require"),
        ("postgresql://u@localhost/d", "disable"),
        ("postgresql://u@127.0.0.1/d?sslmode=verify-full", "verify-full"),
    ],
)
def test_a_connection_that_leaves_the_machine_is_encrypted_and_verified(
    url: str, sslmode: str
) -> None:
    assert Database(url).sslmode == sslmode


def test_sslmode_is_not_passed_to_the_driver_which_does_not_know_it() -> None:
    assert make_engine(Database(f"{URL}?sslmode=require&x=1")).url.query == {"x": "1"}


async def test_where_encryption_is_wanted_a_server_without_it_is_not_used(
    postgres_databases: PostgresDatabases,
) -> None:
    database = postgres_databases.fresh()
    storage = Storage(replace(database, url=f"{database.url}?sslmode=verify-full"), SUBJECT_KEY)

    with pytest.raises(StoreUnavailable):
        await (await storage.open()).ping()
    await storage.aclose()


def test_verifying_means_host_name_and_certificate() -> None:
    context = ssl_of("verify-full")

    assert isinstance(context, ssl.SSLContext)
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED


async def test_a_token_can_be_the_password_and_is_asked_for_at_each_connection(
    postgres_databases: PostgresDatabases,
) -> None:
    asked = 0

    async def token() -> str:
        nonlocal asked
        asked += 1
        return PASSWORD

    database = postgres_databases.fresh()
    without = database.url.replace(f":{PASSWORD}", "")
    storage = Storage(replace(database, url=without, password=token), SUBJECT_KEY)
    store = await storage.open()
    await store.ping()
    await store.ping()
    assert asked == 1

    await store.aclose()  # closes its connections: the next one signs in anew
    assert await storage.outbox.put(given())
    assert asked == 2
    await storage.aclose()


async def test_a_token_that_is_not_to_be_had_is_an_outage(
    postgres_databases: PostgresDatabases,
) -> None:
    async def token() -> str:
        raise RuntimeError("no identity here")

    storage = Storage(replace(postgres_databases.fresh(), password=token), SUBJECT_KEY)

    with pytest.raises(StoreUnavailable):
        await (await storage.open()).ping()
    await storage.aclose()


def test_the_door_of_the_room_imports_nothing_heavy() -> None:
    code = (
        "import sys, shared.storage.storage;"
        "print([name for name in ('sqlalchemy', 'alembic', 'asyncpg', 'aiosqlite') "
        "if name in sys.modules])"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )

    assert outcome.stdout.strip() == "[]"
