"""From generated items to the records that are kept of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shared.generation.drafts import texts
from shared.generation.prompts import PROMPT_VERSION
from shared.generation.spec import Source
from shared.ielts.bank.matching import entries
from shared.ielts.likeness import near_duplicate
from shared.ielts.models import Part, PracticeDifficulty
from shared.storage.likeness_index import fingerprint, likeness_keys, topic_key
from shared.storage.records import HistoryEntry, LibraryItem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shared.generation.spec import Generated
    from shared.storage.records import Record


def records_of(
    items: Iterable[Generated], subject: bytes, difficulty: PracticeDifficulty | None
) -> list[Record]:
    """What is kept of delivered items: each in the history, the model's in the library, too."""
    records: list[Record] = []
    for generated in items:
        records.append(_history_entry(generated, subject))
        if generated.source is Source.MODEL:
            records.append(_library_item(generated, difficulty or PracticeDifficulty.STANDARD))
    return records


def _history_entry(generated: Generated, subject: bytes) -> HistoryEntry:
    item = generated.item
    part, asked = Part(item.part), tuple(texts(item))
    on_topic = topic_key(item.topic)
    return HistoryEntry(
        subject=subject,
        part=part,
        topic=item.topic,
        source=generated.source,
        item=item.model_dump_json(),
        texts=asked,
        fingerprint=fingerprint(asked),
        topics=_entries_on(part).get(on_topic, ()),
        covers=tuple(_entries_like(part, asked)),
    )


def _library_item(generated: Generated, difficulty: PracticeDifficulty) -> LibraryItem:
    item = generated.item
    return LibraryItem(
        fingerprint=fingerprint(tuple(texts(item))),
        part=item.part,
        topic=item.topic,
        topic_key=topic_key(item.topic),
        difficulty=difficulty,
        prompt_version=PROMPT_VERSION,
        model=generated.model or "",
        item=item.model_dump_json(),
    )


def _entries_like(part: Part, asked: Sequence[str]) -> list[str]:
    """Ids of the bank's entries that ask what one of these texts asks."""
    index = _entry_keys(part)
    likely = {
        position
        for text in asked
        for key in likeness_keys(part, text)
        for position in index.get(key, ())
    }
    return [
        entries(part)[position].id
        for position in sorted(likely)
        if any(near_duplicate(text, _entry_texts(part)[position]) for text in asked)
    ]


@cache
def _entries_on(part: Part) -> dict[str, tuple[str, ...]]:
    """The bank's entries by their topic."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in entries(part):
        key = topic_key(entry.topic)
        found[key] = (*found.get(key, ()), entry.id)
    return found


@cache
def _entry_keys(part: Part) -> dict[int, list[int]]:
    """The positions of the bank's entries by the keys of their questions."""
    index: dict[int, list[int]] = {}
    for position, asked in enumerate(_entry_texts(part)):
        for key in frozenset[int]().union(*(likeness_keys(part, text) for text in asked)):
            index.setdefault(key, []).append(position)
    return index


@cache
def _entry_texts(part: Part) -> list[list[str]]:
    return [texts(entry.item(part)) for entry in entries(part)]
