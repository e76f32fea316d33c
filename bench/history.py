"""What a candidate's memory adds to a request on SQLite, with a short past and a long one."""

from __future__ import annotations

import asyncio
import itertools
import random
from dataclasses import replace
from typing import TYPE_CHECKING

from bench.harness.apps import OURS
from bench.harness.report import Report, short_run
from bench.harness.rig import Rig, RunningWorker, rig
from bench.harness.stats import median, percentile
from shared.generation.spec import Generated, Source
from shared.ielts.bank.matching import entries
from shared.ielts.models import CueCard, LongTurn, Part
from shared.remembering import records_of
from shared.storage.database import Database
from shared.storage.storage import Storage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.harness.library import Ask

SHORT_PAST, LONG_PAST = 10, 10_000
CALLS_A_CANDIDATE = 5
ADDED_TARGET, RATIO_TARGET = 5.0, 1.5
SUBJECT_KEY = "a key of the bench, long enough to be one"
_SEED_AT_ONCE = 200

NOTHING = "no memory"
SHORT = f"{SHORT_PAST} past questions"
LONG = f"{LONG_PAST} past questions"
STOCKED = f"{SHORT_PAST} past questions, from a library of {LONG_PAST} items"


async def main(*, short: bool) -> Report:
    rounds, candidates = (3, 6) if short else (9, 24)
    times: dict[str, list[float]] = {name: [] for name in (NOTHING, SHORT, LONG, STOCKED)}
    topics = _topics(seed=1)
    async with rig() as bench:
        file = bench.deploy(OURS).parent / "bench.sqlite3"
        remembering = replace(OURS, name="with memory", env=_environment(file))
        stocked = replace(remembering, name="library", env={**remembering.env, "LIBRARY": "first"})
        past = _Past(file)
        # One for each round: the stand-in soon repeats itself, and what a candidate has had comes
        # from the bank, by a longer way.
        veterans = [bench.tokens.headers() for _ in range(rounds + 1)]
        for headers in veterans:
            await past.write(bench, headers, LONG_PAST, source=Source.MODEL)
        bench.stand_in.fresh()
        plain = await bench.start(replace(OURS, name="without memory"))
        workers = {NOTHING: plain, SHORT: await bench.start(remembering)}
        workers |= {LONG: workers[SHORT], STOCKED: await bench.start(stocked)}
        for number in range(rounds + 1):
            newcomers = [bench.tokens.headers() for _ in range(candidates)]
            for headers in newcomers:
                await past.write(bench, headers, SHORT_PAST, source=Source.BANK)
            for name, worker in workers.items():
                who = [veterans[number]] if name is LONG else newcomers
                asked = None if name is STOCKED else topics
                taken = await _round(worker, who, asked)
                times[name] += taken if number else []  # the first round warms up
        await past.aclose()
    return _report(times, short=short)


def _environment(file: Path) -> dict[str, str]:
    return {"DATABASE_URL": f"sqlite:///{file}", "SUBJECT_KEY": SUBJECT_KEY}


async def _round(
    worker: RunningWorker, who: list[dict[str, str]], topics: Iterator[str] | None
) -> list[float]:
    """Milliseconds of each call but each candidate's first, which has the token verified."""

    def ask(headers: dict[str, str]) -> Ask:
        topic = {} if topics is None else {"topic": next(topics)}
        return worker.app.ask({"part": 2, **topic}, headers)

    first = await worker.round([ask(headers) for headers in who])
    rest = await worker.round([ask(headers) for headers in who for _ in range(CALLS_A_CANDIDATE)])
    assert {*first.statuses, *rest.statuses} == {200}, (worker.app.name, rest.statuses)
    return [took / 1e6 for took in rest.nanoseconds]


class _Past:
    """Writes what candidates had before, as the service itself would have."""

    def __init__(self, file: Path) -> None:
        self._storage = Storage(Database(f"sqlite:///{file}", timeout=10), SUBJECT_KEY)
        self._topics = _topics(seed=2)
        self._cards = itertools.cycle(entries(Part.LONG_TURN))

    async def write(
        self, bench: Rig, headers: dict[str, str], items: int, *, source: Source
    ) -> None:
        """So many items; those by the model are kept in the library, too."""
        subject = self._storage.subject_hash(bench.tokens.subject_of(headers))
        store = await self._storage.open()
        for _ in range(0, items, _SEED_AT_ONCE):
            count = min(items, _SEED_AT_ONCE)
            given = [Generated(self._item(), source, model="model") for _ in range(count)]
            await store.write(records_of(given, subject, None))

    def _item(self) -> LongTurn:
        """A made-up long turn that is like no other."""
        item = next(self._cards).item(Part.LONG_TURN)
        assert isinstance(item, LongTurn)
        topic = next(self._topics)
        card = CueCard(
            describe=f"Describe a day on which {topic} mattered to you.",
            bullets=item.cue_card.bullets,
            closing=item.cue_card.closing,
        )
        return item.model_copy(update={"cue_card": card})

    async def aclose(self) -> None:
        await self._storage.aclose()


def _topics(seed: int) -> Iterator[str]:
    """Topics of four everyday words, different each time."""
    draw = random.Random(seed)
    words = {word for entry in entries(Part.LONG_TURN) for word in entry.keywords}
    ordered = sorted(word for word in words if word.isalpha())
    while True:
        yield " and ".join(draw.sample(ordered, 4))


def _report(times: dict[str, list[float]], *, short: bool) -> Report:
    report = Report(
        "history",
        "What memory costs",
        "Milliseconds of a generate-question for a cue card, called in Microsoft's worker library "
        "one after the other, with a model that answers at once: without a store (as in Azure "
        "without `DATABASE_URL`), and with one in an SQLite file, for a candidate with a short "
        "past and one with a long one; and from the library instead of the model "
        "(`LIBRARY=first`). Rounds alternate.",
        short=short,
    )
    base = median(times[NOTHING])
    for name, taken in times.items():
        row = {"candidate": name}
        row |= {f"p{p}, ms": f"{percentile(taken, p):.2f}" for p in (50, 95, 99)}
        row["over no memory, ms"] = f"{median(taken) - base:+.2f}"
        report.rows.append(row)
        report.figures[name] = taken
    added, ratio = median(times[SHORT]) - base, median(times[LONG]) / median(times[SHORT])
    report.target(
        "History adds to a request, median",
        f"at most {ADDED_TARGET:g} ms",
        f"{added:.2f} ms",
        met=added <= ADDED_TARGET,
    )
    report.target(
        f"{LONG_PAST} past questions, of {SHORT_PAST}",
        f"at most {RATIO_TARGET} times",
        f"{ratio:.2f} times",
        met=ratio <= RATIO_TARGET,
    )
    return report


if __name__ == "__main__":
    asyncio.run(main(short=short_run())).finish()
