"""Limits that hold across workers, over a real connection to a server that speaks Redis."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, cast

from typing_extensions import override

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

    from shared.rate_limiting.policy import Standing
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

    async def spends(self, *items: int) -> list[Standing]:
        standings = [await self.limiter.spend("ann", {"candidate"}, some) for some in items]
        return [standing for standing in standings if standing is not None]

    async def has_left(self) -> int:
        """Items that may still be spent, by spending them."""
        return sum(standing.granted for standing in await self.spends(*[1] * 25))

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


async def test_what_a_server_that_has_died_had_counted_is_given_back_to_nobody_else(
    redis: RedisServer, clock: Clock
) -> None:
    async with worker(redis, clock) as one:
        spent = await one.spends(5, 5)
        redis.kill()

        back = [await one.limiter.give_back(standing, 5) for standing in spent]

        assert [standing.remaining for standing in back] == [5, 0]
        assert await one.has_left() == 10


async def test_what_the_worker_counted_itself_is_not_given_back_to_the_server(
    redis: RedisServer, clock: Clock
) -> None:
    async with worker(redis, clock) as one:
        redis.kill()
        spent = await one.spends(5, 5)
        redis.start()
        one.wait_for_retry()

        back = [await one.limiter.give_back(standing, 5) for standing in spent]

        assert [standing.remaining for standing in back] == [10, 5]
        assert await one.has_left() == 10


async def test_a_server_that_dies_before_a_refusal_is_undone_leaves_the_worker_its_own_quota(
    clock: Clock,
) -> None:
    own = WorkerMemory(clock)

    class Dying(WorkerMemory):
        @override
        async def incr(self, key: str, expiry: float, amount: int = 1) -> int:
            if amount < 0:
                raise ConnectionRefusedError
            return await super().incr(key, expiry, amount)

    counters = FailoverCounters(Dying(clock), own, 1)
    limiter = RateLimiter(counters, RATES, {"candidate": 10}, clock)

    refused = await limiter.spend("ann", {"candidate"}, 15)

    assert refused is not None
    assert (refused.granted, refused.remaining) == (False, 10)
    assert not own.storage


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
    await counters.add("key", 60, 1)
    monotonic.now += RETRY_SECONDS

    await asyncio.gather(*(counters.add("key", 60, 1) for _ in range(50)))

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
