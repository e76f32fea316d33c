"""The topic comes first: the one asked for, or one from the catalogue.

Chosen before anything is asked of the model, so that the parts of a test can be asked for at the
same time, and so that the bank, where it has to answer, answers on the same topic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import islice, tee
from typing import TYPE_CHECKING, NamedTuple

from shared.generation.ports import LastGiven
from shared.ielts.bank.entries import FrameEntry
from shared.ielts.bank.matching import Match, close, entries, ranked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

    from shared.generation.spec import Spec
    from shared.ielts.bank.entries import BankEntry
    from shared.ielts.models import Part, PracticeDifficulty

Past = Mapping[str, LastGiven]
"""By bank entry's id: when it was given, if ever."""

NOTHING: Past = {}
_NEVER = LastGiven()


class Choice(NamedTuple):
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

    A topic asked for stays the topic of all of them; their entries are the best matches in turn,
    those of the difficulty asked for before the others that fit.
    What was given before comes last, and of that the oldest first.
    """
    if spec.topic is None:
        return _on_own_topics(_fresh(spec, count, random, past), past)
    untouched = (
        match
        for match in _matches(spec.topic, spec)
        if not _given(match.entry, past).item and not close(match.entry, spec.avoid, spec.topic)
    )
    found = list(islice(untouched, count))
    if missing := count - len(found):
        leave_out = [match.entry for match in found]
        on_topic = {match.entry.id for match in ranked(spec.topic, spec.part) if match.fits}
        found += (
            Match(entry, fits=entry.id in on_topic)
            for entry in _fresh(spec, missing, random, past, leave_out)
        )
    return [
        Choice(
            spec.topic,
            entry,
            matched=fits,
            variation=position if count > 1 else None,
            had=_given(entry, past).item > 0,
        )
        for position, (entry, fits) in enumerate(found)
    ]


def choose_frames(spec: Spec, random: Random, past: Past = NOTHING) -> list[Choice]:
    """Three Part 1 frames for a test: the first on work, study or home, the others on anything."""
    core = (entry for entry in _by_preference(spec, random, past) if _is_core(entry))
    others = (entry for entry in _by_preference(spec, random, past) if not _is_core(entry))
    return _on_own_topics([*_first(1, core, spec), *_first(2, others, spec)], past)


def choose_stocked(
    spec: Spec, topics: Sequence[str], count: int, random: Random, past: Past = NOTHING
) -> list[Choice]:
    """Choices on topics of the library, as many as it has, then on others."""
    stocked = random.sample(topics, min(count, len(topics)))
    choices = [choose(spec._replace(topic=topic), 1, random, past)[0] for topic in stocked]
    leave_out = [choice.entry for choice in choices]
    others = _fresh(spec, count - len(choices), random, past, leave_out)
    return [*choices, *_on_own_topics(others, past)]


def _matches(topic: str, spec: Spec) -> Iterable[Match]:
    if spec.difficulty is None:
        return ranked(topic, spec.part)

    def order(match: Match) -> tuple[bool, bool]:
        return not match.fits, match.fits and match.entry.difficulty != spec.difficulty

    return sorted(ranked(topic, spec.part), key=order)


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
    pool = (entry for entry in _by_preference(spec, random, past) if entry.id not in left_out)
    return _first(count, pool, spec)


def _by_preference(spec: Spec, random: Random, past: Past) -> Iterator[BankEntry]:
    """Every entry, the preferred ones first, in random order among equals.

    Drawn one by one: most often the first few are enough, whatever the size of the bank.
    """

    def order(entry: BankEntry) -> tuple[int, int, bool]:
        given = _given(entry, past)
        return given.item, given.topic, entry.difficulty != spec.difficulty

    touched = []
    for group in _by_difficulty(spec.part, spec.difficulty):
        for entry in _shuffled(group, random):
            if entry.id in past:
                touched.append(entry)
            else:
                yield entry
    yield from sorted(touched, key=order)


@cache
def _by_difficulty(
    part: Part, wanted: PracticeDifficulty | None
) -> tuple[tuple[BankEntry, ...], ...]:
    """The entries of the difficulty wanted, then the others; all of them together for None."""
    if wanted is None:
        return (entries(part),)
    return (
        tuple(entry for entry in entries(part) if entry.difficulty == wanted),
        tuple(entry for entry in entries(part) if entry.difficulty != wanted),
    )


def _shuffled(pool: Sequence[BankEntry], random: Random) -> Iterator[BankEntry]:
    """In random order: a Fisher-Yates shuffle that remembers only the places it has touched."""
    moved: dict[int, int] = {}
    for last in range(len(pool) - 1, -1, -1):
        drawn = random.randrange(last + 1)
        yield pool[moved.get(drawn, drawn)]
        moved[drawn] = moved.pop(last, last)


def _first(count: int, pool: Iterable[BankEntry], spec: Spec) -> list[BankEntry]:
    """The first of the pool that are not close to what is to be avoided; if too few, others, too.

    No more than needed are looked at: comparing texts takes time.
    """
    pool, again = tee(pool)
    topic = spec.topic or ""
    fit = list(islice((entry for entry in pool if not close(entry, spec.avoid, topic)), count))
    ids = {entry.id for entry in fit}
    others = (entry for entry in again if entry.id not in ids)
    return [*fit, *islice(others, count - len(fit))]


def _is_core(entry: BankEntry) -> bool:
    return isinstance(entry, FrameEntry) and entry.core


def _on_own_topics(chosen: Sequence[BankEntry], past: Past) -> list[Choice]:
    return [Choice(entry.topic, entry, had=_given(entry, past).item > 0) for entry in chosen]


def _given(entry: BankEntry, past: Past) -> LastGiven:
    return past.get(entry.id, _NEVER)
