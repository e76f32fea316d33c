"""Limits that hold across workers, over a real connection to a server that speaks Redis."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, cast

from shared.rate_limiting.failover import RETRY_SECONDS, FailoverCounters
from shared.rate_limiting.limiter import RateLimiter
from shared.rate_limiting.memory import WorkerMemory
from shared.rate_limiting.redis_counters import redis_counters
from tests.support.issuer import Clock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import pytest
    from limits.aio.storage.redis.redispy import RedispyBridge
    from redis.asyncio import Redis

    from tests.support.redis_server import RedisServer

RATES = {"reading": "4/hour"}


class Worker:
    """A limiter as one worker has it; `monotonic` is the clock of its retries."""

    def __init__(self, url: str, clock: Clock, patience: float) -> None:
        self.monotonic = Clock(0)
        redis = redis_counters(url, patience)
        self.client = cast("Redis", cast("RedispyBridge", redis.bridge).get_connection())
        counters = FailoverCounters(redis, WorkerMemory(clock), patience, self.monotonic)
        self.limiter = RateLimiter(counters, RATES, {"candidate": 10}, clock)

    async def asks(self, times: int) -> list[bool]:
        return [(await self.limiter.count_request("ann", "reading")).granted for _ in range(times)]

    def wait_for_retry(self) -> None:
        self.monotonic.now += RETRY_SECONDS


@asynccontextmanager
async def worker(redis: RedisServer, clock: Clock, patience: float = 20) -> AsyncIterator[Worker]:
    worker = Worker(redis.url, clock, patience)
    yield worker
    await worker.client.aclose()


def changes(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.name == "shared.rate_limiting.failover"]


async def test_two_workers_share_one_limit(redis: RedisServer, clock: Clock) -> None:
    async with worker(redis, clock) as one, worker(redis, clock) as other:
        assert await one.asks(2) == [True, True]
        assert await other.asks(3) == [True, True, False]
        assert await one.asks(1) == [False]


async def test_two_workers_share_one_quota(redis: RedisServer, clock: Clock) -> None:
    async with worker(redis, clock) as one, worker(redis, clock) as other:
        await one.limiter.spend("ann", {"candidate"}, 7)
        refused = await other.limiter.spend("ann", {"candidate"}, 5)

        assert refused is not None
        assert (refused.granted, refused.remaining) == (False, 3)


async def test_many_requests_at_once_are_granted_as_many_times_as_allowed(
    redis: RedisServer, clock: Clock
) -> None:
    async with worker(redis, clock) as one:
        await one.asks(1)
        standings = await asyncio.gather(
            *(one.limiter.count_request("ann", "reading") for _ in range(20))
        )

    assert sum(standing.granted for standing in standings) == 3


async def test_a_dead_server_closes_no_gate_and_opens_none(
    redis: RedisServer, clock: Clock
) -> None:
    redis.kill()

    async with worker(redis, clock) as one:
        assert await one.asks(6) == [True] * 4 + [False] * 2


async def test_a_server_that_dies_is_replaced_in_mid_run_and_taken_up_again(
    redis: RedisServer, clock: Clock
) -> None:
    async with worker(redis, clock) as one, worker(redis, clock) as other:
        await one.asks(3)
        redis.kill()
        assert await one.asks(5) == [True] * 4 + [False]

        redis.start()
        one.wait_for_retry()
        assert await one.asks(2) == [True, True]
        assert await other.asks(3) == [True, True, False]


async def test_a_server_that_answers_nothing_is_not_waited_for(
    redis: RedisServer, clock: Clock
) -> None:
    redis.freeze()

    async with worker(redis, clock, patience=0.1) as one:
        assert await one.asks(6) == [True] * 4 + [False] * 2


async def test_each_change_is_logged_once(
    redis: RedisServer, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    async with worker(redis, clock) as one:
        redis.kill()
        for _ in range(3):
            await one.asks(3)
            one.wait_for_retry()
        redis.start()
        await one.asks(3)

    lost, back = changes(caplog)
    assert "does not answer (ConnectionError)" in lost
    assert "answers again" in back


async def test_one_request_at_a_time_tries_a_lost_server(clock: Clock) -> None:
    asked = 0

    class Unreachable:
        async def incr(self, key: str, expiry: int, amount: int = 1) -> int:  # noqa: ARG002 - as the Protocol has it
            nonlocal asked
            asked += 1
            await asyncio.sleep(0)
            raise ConnectionRefusedError

    monotonic = Clock(0)
    counters = FailoverCounters(Unreachable(), WorkerMemory(clock), 1, monotonic)
    await counters.incr("key", 60)
    monotonic.now += RETRY_SECONDS

    await asyncio.gather(*(counters.incr("key", 60) for _ in range(50)))

    assert asked == 2


async def test_neither_the_address_nor_the_password_is_logged(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    lonely = Worker("redis://user:s3cr3t@127.0.0.1:9", clock, patience=20)

    await lonely.asks(2)

    assert changes(caplog)
    assert "s3cr3t" not in caplog.text
    assert "127.0.0.1" not in caplog.text


async def test_a_number_in_redis_expires(redis: RedisServer, clock: Clock) -> None:
    async with worker(redis, clock) as one:
        await one.asks(1)
        client = one.client
        [key] = await client.keys("*")

        assert 0 < await client.ttl(key) <= 3600
        assert b"ann" not in key
