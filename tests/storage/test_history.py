"""What is remembered of a candidate, and how it is found again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.storage.records import new_entry_id
from tests.storage.records import ANNA, BORIS, given

if TYPE_CHECKING:
    from shared.storage.storage import Storage
    from shared.storage.store import Store


async def test_entries_come_back_newest_first_and_page_by_page(
    storage: Storage, store: Store
) -> None:
    entries = [given(item=f"{n}", id=new_entry_id(1000 + n)) for n in range(5)]
    await storage.outbox.put(*entries)

    first = await store.history.page(ANNA, None, 3)
    second = await store.history.page(ANNA, first[-1][0], 3)

    assert [item for _, _, item in (*first, *second)] == ["4", "3", "2", "1", "0"]


async def test_a_candidate_sees_no_entry_of_another(storage: Storage, store: Store) -> None:
    await storage.outbox.put(given(subject=BORIS))

    assert await store.history.page(ANNA, None, 10) == []


async def test_recent_texts_are_those_of_the_part(storage: Storage, store: Store) -> None:
    await storage.outbox.put(
        given("Describe a walk.", id=new_entry_id(1)),
        given("Why do people walk?", part=3, id=new_entry_id(2)),
        given("Describe a meal.", topic="food", id=new_entry_id(3)),
    )

    recent = await store.history.recent(ANNA, 2, 10)

    assert recent == [("food", ("Describe a meal.",)), ("making things", ("Describe a walk.",))]


async def test_practised_says_when_topic_and_item_were_last_given(
    storage: Storage, store: Store
) -> None:
    await storage.outbox.put(
        given(topics=("walks",), covers=("walks",), id=new_entry_id(1)),
        given(topics=("walks", "meals"), id=new_entry_id(2)),
    )

    practised = await store.history.practised(ANNA, [2])

    assert practised == {"walks": (1000, 2000), "meals": (0, 2000)}


async def test_an_older_record_that_comes_late_does_not_turn_time_back(
    storage: Storage, store: Store
) -> None:
    await storage.outbox.put(given(topics=("walks",), id=new_entry_id(9)))
    await storage.outbox.put(given(topics=("walks",), id=new_entry_id(1)))

    assert await store.history.practised(ANNA, [2]) == {"walks": (0, 9000)}


async def test_practised_joins_parts(storage: Storage, store: Store) -> None:
    await storage.outbox.put(
        given(covers=("walks",), id=new_entry_id(1)),
        given(covers=("walks",), part=3, id=new_entry_id(5)),
    )

    assert await store.history.practised(ANNA, [2, 3]) == {"walks": (5000, 5000)}
    assert await store.history.practised(ANNA, [2]) == {"walks": (1000, 1000)}


async def test_a_question_in_other_words_is_found(storage: Storage, store: Store) -> None:
    past = "Describe a long journey by train that you enjoyed."
    await storage.outbox.put(given(past), *(given() for _ in range(50)))

    found = await store.history.alike(ANNA, 2, ["Describe a train journey you really enjoyed."])

    assert past in found


async def test_what_shares_most_words_is_looked_at_first(storage: Storage, store: Store) -> None:
    past = "Describe a crowded market in your town that sells fresh vegetables."
    noise = [given(f"Describe a market town called {n * 'x'}ville.") for n in range(1, 60)]
    await storage.outbox.put(given(past), *noise)

    found = await store.history.alike(
        ANNA, 2, ["Describe a crowded town market selling fresh vegetables."]
    )

    assert past in found


async def test_neither_another_part_nor_another_candidate_counts(
    storage: Storage, store: Store
) -> None:
    text = "How do people in your country celebrate birthdays?"
    await storage.outbox.put(given(text, part=3), given(text, subject=BORIS))

    assert await store.history.alike(ANNA, 2, [text]) == []


async def test_writing_an_entry_twice_changes_nothing(storage: Storage, store: Store) -> None:
    entry = given("Describe a lake.")
    await storage.outbox.put(entry)
    await storage.outbox.put(entry)

    assert len(await store.history.page(ANNA, None, 10)) == 1


async def test_erasure_leaves_nothing_of_the_candidate_and_all_of_the_others(
    storage: Storage, store: Store
) -> None:
    text = "Describe a bridge."
    for subject in (ANNA, BORIS):
        await storage.outbox.put(given(text, subject=subject, covers=("bridges",)))
        await store.idempotency.claim(subject, "route", "key", b"body", 30)

    assert await store.history.erase(ANNA) == 1

    assert await store.history.page(ANNA, None, 10) == []
    assert await store.history.practised(ANNA, [2]) == {}
    assert await store.history.alike(ANNA, 2, [text]) == []
    await store.idempotency.claim(ANNA, "route", "key", b"another body", 30)
    assert await store.history.alike(BORIS, 2, [text]) == [text]
