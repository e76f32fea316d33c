from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shared.rate_limiting.memory import WorkerMemory

if TYPE_CHECKING:
    from tests.support.issuer import Clock


@pytest.fixture
def memory(clock: Clock) -> WorkerMemory:
    return WorkerMemory(clock)


async def test_a_number_lives_for_its_expiry_from_the_first_addition(
    memory: WorkerMemory, clock: Clock
) -> None:
    assert await memory.incr("key", 60, 2) == 2
    clock.now += 59
    assert await memory.incr("key", 60, 3) == 5
    clock.now += 1
    assert await memory.incr("key", 60, 1) == 1


async def test_expired_numbers_do_not_pile_up(memory: WorkerMemory, clock: Clock) -> None:
    for minute in range(100):
        clock.now += 60
        for subject in range(100):
            await memory.incr(f"{subject}/{minute}", 60)

    assert len(memory.storage) < 1200
    assert memory.storage.keys() == memory.expirations.keys()


async def test_living_numbers_survive_the_sweep(memory: WorkerMemory, clock: Clock) -> None:
    await memory.incr("day", 86_400, 7)
    for minute in range(50):
        clock.now += 60
        for subject in range(100):
            await memory.incr(f"{subject}/{minute}", 60)

    assert await memory.incr("day", 86_400) == 8
