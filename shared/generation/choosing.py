"""The topic comes first: the one asked for, or one from the catalogue.

Chosen before anything is asked of the model, so that the parts of a test can be asked for at the
same time, and so that the bank, where it has to answer, answers on the same topic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shared.ielts.bank.entries import FrameEntry
from shared.ielts.bank.matching import close, entries, ranked

if TYPE_CHECKING:
    from random import Random

    from shared.generation.spec import Spec
    from shared.ielts.bank.entries import BankEntry


@dataclass(frozen=True, slots=True)
class Choice:
    """A topic, and the bank's entry for it.

    Attributes:
        topic: what the model is asked about.
        entry: what the bank answers with.
        matched: whether the entry is on the topic.
        variation: which of several items on one topic this is, from 0; None where it is alone.

    """

    topic: str
    entry: BankEntry
    matched: bool = True
    variation: int | None = None


def choose(spec: Spec, count: int, random: Random) -> list[Choice]:
    """So many choices, all different as long as the bank has enough.

    A topic asked for stays the topic of all of them; their entries are the best matches in turn.
    """
    if spec.topic is None:
        return [Choice(entry.topic, entry) for entry in _fresh(spec, count, random)]
    matches = _not_close(ranked(spec.topic, spec.part), spec)[:count]
    others = _fresh(spec, count - len(matches), random, leave_out=matches)
    return [
        Choice(spec.topic, entry, position < len(matches), position if count > 1 else None)
        for position, entry in enumerate([*matches, *others])
    ]


def choose_frames(spec: Spec, random: Random) -> list[Choice]:
    """Three Part 1 frames for a test: the first on work, study or home, the others on anything."""
    pool = _fresh(spec, len(entries(spec.part)), random)
    core = [entry for entry in pool if isinstance(entry, FrameEntry) and entry.core]
    others = [entry for entry in pool if entry not in core]
    return [Choice(entry.topic, entry) for entry in (*core[:1], *others[:2])]


def _fresh(
    spec: Spec, count: int, random: Random, leave_out: list[BankEntry] | None = None
) -> list[BankEntry]:
    """Random entries: of the difficulty asked for first, none close to what is to be avoided."""
    pool = [entry for entry in entries(spec.part) if entry not in (leave_out or ())]
    random.shuffle(pool)
    if spec.difficulty is not None:
        pool.sort(key=lambda entry: entry.difficulty != spec.difficulty)
    chosen = _not_close(pool, spec) if spec.avoid else pool
    return chosen[:count]


def _not_close(pool: list[BankEntry], spec: Spec) -> list[BankEntry]:
    """The pool without what is to be avoided; the whole pool where nothing else is left."""
    return [entry for entry in pool if not close(entry, spec.avoid)] or pool
