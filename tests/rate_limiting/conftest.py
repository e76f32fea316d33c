from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.issuer import Clock
from tests.support.redis_server import RedisServer, running_redis

if TYPE_CHECKING:
    from collections.abc import Iterator

MIDNIGHT = 1_800_057_600.0
"""Of a day in UTC, so of every shorter window too."""


@pytest.fixture
def clock() -> Clock:
    """Time that stands still, at the beginning of every window."""
    return Clock(MIDNIGHT)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    yield from running_redis()


@pytest.fixture
def redis(redis_server: RedisServer) -> RedisServer:
    """A server that knows nothing yet."""
    redis_server.reset()
    return redis_server
