from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shared.storage.storage import Storage
from tests.storage.databases import Databases, EmbeddedDatabases, PostgresDatabases
from tests.support.postgres import Postgres, running_postgres

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from shared.storage.database import Database
    from shared.storage.store import Store

SUBJECT_KEY = "a key of the tests"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    yield from running_postgres()


@pytest.fixture(scope="session")
def embedded_databases(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedDatabases:
    return EmbeddedDatabases(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_databases(postgres: Postgres) -> PostgresDatabases:
    return PostgresDatabases(postgres)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Where fresh databases come from: each test that asks for one runs on both kinds."""
    kind = "embedded" if request.param == "sqlite" else "postgres"
    made: Databases = request.getfixturevalue(f"{kind}_databases")
    return made


@pytest.fixture
def database(databases: Databases) -> Database:
    return databases.fresh()


@pytest.fixture
async def storage(database: Database) -> AsyncIterator[Storage]:
    """What one worker remembers by."""
    storage = Storage(database, SUBJECT_KEY)
    yield storage
    await storage.aclose()


@pytest.fixture
async def store(storage: Storage) -> Store:
    return await storage.open()
