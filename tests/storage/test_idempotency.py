"""The first request with a key runs; every other gets its answer, or has to wait."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

import pytest

from shared.errors import IdempotencyKeyReused, StillRunning
from shared.storage.idempotency import IdempotencyKeys
from shared.storage.records import Claim, KeptAnswer, Stored
from tests.storage.records import ANNA, BORIS
from tests.support.running_app import REPOSITORY

if TYPE_CHECKING:
    from shared.storage.database import Database
    from shared.storage.storage import Storage
    from shared.storage.store import Store

BODY = b'{"part": 2}'
HOURS = 3600.0


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(store: Store, clock: Clock) -> IdempotencyKeys:
    return IdempotencyKeys(store, clock)


async def claim(keys: IdempotencyKeys, key: str = "k", body: bytes = BODY) -> Claim | Stored:
    return await keys.claim(ANNA, "generate-question", key, body, 30)


async def answered(storage: Storage, keys: IdempotencyKeys, body: bytes = b"answer") -> Claim:
    """Claim the key and keep an answer under it."""
    mine = await claim(keys)
    assert isinstance(mine, Claim)
    kept = KeptAnswer(subject=mine.subject, key=mine.key, claim=mine.token, status=200, body=body)
    assert await storage.outbox.put(kept)
    return mine


async def test_the_first_request_may_run(keys: IdempotencyKeys) -> None:
    assert isinstance(await claim(keys), Claim)


async def test_the_same_request_gets_the_stored_answer(
    storage: Storage, keys: IdempotencyKeys
) -> None:
    await answered(storage, keys, b'{"a": "\xc3\xa9"}')

    assert await claim(keys) == Stored(200, b'{"a": "\xc3\xa9"}')


async def test_while_the_first_runs_the_same_request_has_to_wait(keys: IdempotencyKeys) -> None:
    await claim(keys)

    with pytest.raises(StillRunning):
        await claim(keys)


async def test_another_body_is_refused_whether_the_first_runs_or_not(
    storage: Storage, keys: IdempotencyKeys
) -> None:
    await answered(storage, keys)

    with pytest.raises(IdempotencyKeyReused):
        await claim(keys, body=b'{"part": 3}')


async def test_subject_route_and_key_each_make_a_request_another(keys: IdempotencyKeys) -> None:
    await claim(keys)

    for subject, route, key in (
        (BORIS, "generate-question", "k"),
        (ANNA, "generate-test", "k"),
        (ANNA, "generate-question", "l"),
    ):
        assert isinstance(await keys.claim(subject, route, key, BODY, 30), Claim)


async def test_a_released_key_is_free(keys: IdempotencyKeys) -> None:
    mine = await claim(keys)
    assert isinstance(mine, Claim)
    await keys.release(mine)

    assert isinstance(await claim(keys, body=b"another"), Claim)


async def test_an_abandoned_request_is_taken_over_when_its_time_is_up(
    keys: IdempotencyKeys, clock: Clock
) -> None:
    await claim(keys)
    clock.now += 31

    assert isinstance(await claim(keys), Claim)
    with pytest.raises(StillRunning):
        await claim(keys)


async def test_who_was_taken_over_from_can_neither_answer_nor_release(
    storage: Storage, keys: IdempotencyKeys, clock: Clock
) -> None:
    first = await claim(keys)
    assert isinstance(first, Claim)
    clock.now += 31
    await claim(keys)

    late = KeptAnswer(
        subject=first.subject, key=first.key, claim=first.token, status=200, body=b"late"
    )
    await storage.outbox.put(late)
    await keys.release(first)

    with pytest.raises(StillRunning):
        await claim(keys)


async def test_a_key_lives_for_a_day(storage: Storage, keys: IdempotencyKeys, clock: Clock) -> None:
    await answered(storage, keys)
    clock.now += 24 * HOURS - 1
    assert isinstance(await claim(keys), Stored)
    clock.now += 2

    assert isinstance(await claim(keys, body=b"another"), Claim)


async def test_expired_keys_are_swept_away(
    storage: Storage, store: Store, keys: IdempotencyKeys, clock: Clock
) -> None:
    await answered(storage, keys)
    clock.now += 25 * HOURS
    await claim(keys, key="another")

    async def count(connection: object) -> int:
        rows = await connection.exec_driver_sql("SELECT count(*) FROM idempotency")  # type: ignore[attr-defined] # a connection
        total: int = rows.scalar_one()
        return total

    assert await store.read(count) == 1


async def test_of_many_at_once_one_runs(keys: IdempotencyKeys) -> None:
    outcomes = await asyncio.gather(*(claim(keys) for _ in range(20)), return_exceptions=True)

    assert sum(isinstance(outcome, Claim) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, StillRunning) for outcome in outcomes) == 19


async def test_of_many_who_take_over_at_once_one_runs(keys: IdempotencyKeys, clock: Clock) -> None:
    await claim(keys)
    clock.now += 31
    outcomes = await asyncio.gather(*(claim(keys) for _ in range(20)), return_exceptions=True)

    assert sum(isinstance(outcome, Claim) for outcome in outcomes) == 1


async def test_of_two_processes_at_once_one_runs_each_time(database: Database) -> None:
    keys = 40
    workers = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.storage.claiming", database.url, str(keys)),
            cwd=REPOSITORY,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        for _ in range(2)
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert await worker.stdout.readline() == b"ready\n"
    outputs = await asyncio.gather(*(worker.communicate(b"go\n") for worker in workers))

    claims = [output.decode().split() for output, _ in outputs]
    assert sorted(claims[0] + claims[1]) == sorted(f"key-{n}" for n in range(keys))
