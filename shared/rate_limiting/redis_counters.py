"""Counters in Redis, which all workers share."""

from __future__ import annotations

from typing import Any

from limits.aio.storage import RedisStorage
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

_KEY_PREFIX = "rate-limiting"


def redis_counters(url: str, answer_seconds: float) -> RedisStorage:
    """The library's Redis storage; connects at first use.

    A connection that the server closed while idle is replaced at once: one retry, no wait.

    Args:
        url: redis://[user:password@]host:port[/db], or rediss:// for TLS.
        answer_seconds: how long connecting, or an answer, may take.

    """
    options: dict[str, Any] = {
        "socket_connect_timeout": answer_seconds,
        "socket_timeout": answer_seconds,
        "retry": Retry(NoBackoff(), 1),
    }
    return RedisStorage(
        url, wrap_exceptions=True, implementation="redispy", key_prefix=_KEY_PREFIX, **options
    )
