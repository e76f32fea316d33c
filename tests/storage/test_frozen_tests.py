from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shared.storage.records import FrozenTest
from tests.storage.records import ANNA, BORIS

if TYPE_CHECKING:
    from shared.storage.storage import Storage
    from shared.storage.store import Store

ANSWER = '{"steps": ["naïve", 1.50]}'


@pytest.fixture(autouse=True)
async def _frozen(storage: Storage) -> None:
    await storage.outbox.put(FrozenTest(id="t1", subject=ANNA, answer=ANSWER))


async def test_its_owner_gets_the_test_exactly_as_it_was(store: Store) -> None:
    assert await store.frozen_tests.answer("t1", ANNA) == ANSWER


async def test_it_does_not_exist_for_another_candidate(store: Store) -> None:
    assert await store.frozen_tests.answer("t1", BORIS) is None


async def test_it_exists_for_those_who_may_see_all(store: Store) -> None:
    assert await store.frozen_tests.answer("t1", None) == ANSWER


async def test_there_is_no_other(store: Store) -> None:
    assert await store.frozen_tests.answer("t2", None) is None


async def test_it_is_erased_with_its_owner(store: Store) -> None:
    await store.history.erase(ANNA)

    assert await store.frozen_tests.answer("t1", None) is None
