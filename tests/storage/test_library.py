from __future__ import annotations

from typing import TYPE_CHECKING

from shared.storage.likeness_index import topic_key
from tests.storage.records import ANNA, BORIS, accepted, given

if TYPE_CHECKING:
    from shared.storage.storage import Storage
    from shared.storage.store import Store


async def fresh(store: Store, topic: str = "finding things", subject: bytes = ANNA) -> list[str]:
    return await store.library.fresh(subject, 2, topic_key(topic), "standard", 10)


async def test_an_item_is_found_by_its_topic_in_another_form(
    storage: Storage, store: Store
) -> None:
    await storage.outbox.put(accepted(topic="a long journey", item="1"), accepted(topic="food"))

    assert await fresh(store, "long journeys") == ["1"]


async def test_the_newest_come_first(storage: Storage, store: Store) -> None:
    await storage.outbox.put(accepted(item="old", at=1), accepted(item="new", at=2))

    assert await fresh(store) == ["new", "old"]


async def test_topics_with_something_fresh_are_listed_once_each(
    storage: Storage, store: Store
) -> None:
    await storage.outbox.put(
        accepted("Describe a pie.", topic="food", at=1),
        accepted("Describe a soup.", topic="food", at=2),
        accepted("Describe a trip.", topic="journeys", at=3),
        accepted("Describe a song.", topic="music", at=4),
        accepted(topic="maps", part=3),
        given("Describe a song."),
    )

    assert await store.library.fresh_topics(ANNA, 2, "standard", 10) == ["journeys", "food"]


async def test_an_item_that_the_candidate_has_had_is_not_fresh(
    storage: Storage, store: Store
) -> None:
    item = accepted("Describe a river.", item="river")
    await storage.outbox.put(item, given("Describe a river."))

    assert await fresh(store) == []
    assert await fresh(store, subject=BORIS) == ["river"]


async def test_part_and_difficulty_have_to_fit(storage: Storage, store: Store) -> None:
    await storage.outbox.put(accepted(part=3), accepted(difficulty="harder"))

    assert await fresh(store) == []


async def test_a_retired_item_is_never_served_again(storage: Storage, store: Store) -> None:
    item = accepted()
    await storage.outbox.put(item)

    assert await store.library.retire(item.fingerprint.hex())
    await storage.outbox.put(item)

    assert await fresh(store) == []


async def test_retiring_what_is_not_there_says_so(store: Store) -> None:
    assert not await store.library.retire("00" * 16)


async def test_examiners_list_everything_page_by_page(storage: Storage, store: Store) -> None:
    items = [accepted(topic=f"topic {n}", at=n // 2) for n in range(6)]
    await storage.outbox.put(*items)
    await store.library.retire(items[0].fingerprint.hex())

    first = await store.library.page(None, 4, None)
    second = await store.library.page(first[-1].cursor, 4, None)

    listed = [*first, *second]
    assert sorted(holding.topic for holding in listed) == [f"topic {n}" for n in range(6)]
    assert [holding.at for holding in listed] == [2, 2, 1, 1, 0, 0]
    assert [holding.topic for holding in listed if holding.retired] == ["topic 0"]


async def test_the_list_can_be_of_one_part(storage: Storage, store: Store) -> None:
    await storage.outbox.put(accepted(part=1), accepted(part=3))

    assert [holding.part for holding in await store.library.page(None, 10, 3)] == [3]
