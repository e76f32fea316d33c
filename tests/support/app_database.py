"""A migrated database for an app under test."""

from __future__ import annotations

import asyncio

import asyncpg  # type: ignore[import-untyped] # it has no types

from shared.storage.database import Database
from shared.storage.migrating import upgrade
from tests.support.postgres import PASSWORD, USER, Postgres


def app_database(postgres: Postgres, *statements: str) -> str:
    """Make it and its owner on a new server, run statements as superuser; its URL."""

    async def prepare() -> None:
        connection = await asyncpg.connect(postgres.superuser_url)
        for statement in (
            f"CREATE ROLE {USER} LOGIN PASSWORD '{PASSWORD}'",
            f"CREATE DATABASE app OWNER {USER}",
            *statements,
        ):
            await connection.execute(statement)
        await connection.close()
        await upgrade(Database(postgres.url("app")))

    asyncio.run(prepare())
    return postgres.url("app")
