"""The topic comes first: the one asked for, or one from the catalogue.

Chosen before anything is asked of the model, so that the parts of a test can be asked for at the
same time, and so that the bank, where it has to answer, answers on the same topic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from shared.generation.ports import LastGiven
from shared.ielts.bank.entries import FrameEntry
from shared.ielts.bank.matching import close, entries, ranked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from shared.generation.spec import Spec
    from shared.ielts.bank.entries import BankEntry

Past = Mapping[str, LastGiven]
"""By bank entry's id: when it was given, if ever."""

NOTHING: Past = {}
_NEVER = LastGiven()


@dataclass(frozen=True, slots=True)
class Choice:
    """A topic, and the bank's entry for it.

    Attributes:
        topic: what the model is asked about.
        entry: what the bank answers with.
        matched: whether the entry is on the topic.
        variation: which of several items on one topic this is, from 0; None where it is alone.
        had: whether the entry's item was given before, because none was left that was not.

    """

    topic: str
    entry: BankEntry
    matched: bool = True
    variation: int | None = None
    had: bool = False


def choose(spec: Spec, count: int, random: Random, past: Past = NOTHING) -> list[Choice]:
    """So many choices, all different as long as the bank has enough.

    A topic asked for stays the topic of all of them; their entries are the best matches in turn.
    What was given before comes last, and of that the oldest first.
    """
    if spec.topic is None:
        return _on_own_topics(_fresh(spec, count, random, past), past)
    matches = ranked(spec.topic, spec.part)
    on_topic = {entry.id for entry in matches}
    new = _first_not_close(
        count, (entry for entry in matches if not _given(entry, past).item), spec
    )
    missing = count - len(new)
    others = _fresh(spec, missing, random, past, leave_out=new) if missing else []
    return [
        Choice(
            spec.topic,
            entry,
            matched=entry.id in on_topic,
            variation=position if count > 1 else None,
            had=_given(entry, past).item > 0,
        )
        for position, entry in enumerate([*new, *others])
    ]


def choose_frames(spec: Spec, random: Random, past: Past = NOTHING) -> list[Choice]:
    """Three Part 1 frames for a test: the first on work, study or home, the others on anything."""
    pool = _by_preference(spec, random, past)
    core = [entry for entry in pool if isinstance(entry, FrameEntry) and entry.core]
    others = [entry for entry in pool if not (isinstance(entry, FrameEntry) and entry.core)]
    return _on_own_topics([*_first(1, core, spec), *_first(2, others, spec)], past)


def choose_stocked(
    spec: Spec, topics: Sequence[str], count: int, random: Random, past: Past = NOTHING
) -> list[Choice]:
    """Choices on topics of the library, as many as it has, then on others."""
    stocked = random.sample(topics, min(count, len(topics)))
    choices = [choose(replace(spec, topic=topic), 1, random, past)[0] for topic in stocked]
    leave_out = [choice.entry for choice in choices]
    others = _fresh(spec, count - len(choices), random, past, leave_out)
    return [*choices, *_on_own_topics(others, past)]


def _fresh(
    spec: Spec,
    count: int,
    random: Random,
    past: Past,
    leave_out: Sequence[BankEntry] = (),
) -> list[BankEntry]:
    """Random entries, none close to what is to be avoided.

    Those never given come first, then those on topics never practised, then the oldest; among
    equals, those of the difficulty asked for.
    """
    left_out = {entry.id for entry in leave_out}
    pool = [entry for entry in _by_preference(spec, random, past) if entry.id not in left_out]
    return _first(count, pool, spec)


def _by_preference(spec: Spec, random: Random, past: Past) -> list[BankEntry]:
    """Every entry, the preferred ones first, in random order among equals."""

    def order(entry: BankEntry) -> tuple[int, int, bool]:
        given = _given(entry, past)
        wrong = spec.difficulty is not None and entry.difficulty != spec.difficulty
        return given.item, given.topic, wrong

    shuffled = random.sample(entries(spec.part), len(entries(spec.part)))
    return sorted(shuffled, key=order)


def _first(count: int, pool: Sequence[BankEntry], spec: Spec) -> list[BankEntry]:
    """The first of the pool that are not close to what is to be avoided, or, if all are, these."""
    return _first_not_close(count, pool, spec) or list(pool[:count])


def _first_not_close(count: int, pool: Iterable[BankEntry], spec: Spec) -> list[BankEntry]:
    """So many at most. The others of the pool are not looked at: comparing texts takes time."""
    return list(islice((entry for entry in pool if not close(entry, spec.avoid)), count))


def _on_own_topics(chosen: Sequence[BankEntry], past: Past) -> list[Choice]:
    return [Choice(entry.topic, entry, had=_given(entry, past).item > 0) for entry in chosen]


def _given(entry: BankEntry, past: Past) -> LastGiven:
    return past.get(entry.id, _NEVER)
