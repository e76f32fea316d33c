"""Answers without a model, also with a library of 10,000 items."""

from __future__ import annotations

import asyncio
import json
import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bench.harness.apps import OURS, App
from bench.harness.questions import TOPICS
from bench.harness.report import Report, short_run
from bench.harness.rig import Rig, RunningWorker, rig
from bench.harness.stats import median, percentile

if TYPE_CHECKING:
    from pathlib import Path

ITEMS = 10_000
TARGET_MS = 1.0
_NO_MODEL = {
    "AZURE_OPENAI_ENDPOINT": "",
    "AZURE_OPENAI_DEPLOYMENT": "",
    "AZURE_OPENAI_API_KEY": "",
}
EMBEDDED = replace(OURS, name="embedded bank", env=_NO_MODEL)
LARGE = replace(OURS, name=f"{ITEMS} topic sets", env=_NO_MODEL)
ASKED: dict[str, list[dict[str, Any]]] = {
    "any topic": [{"part": 2}],
    "a topic": [{"part": 2, "topic": topic} for topic in TOPICS],
    "a topic, one to avoid": [
        {"part": 2, "topic": topic, "avoid": ["a noisy market"]} for topic in TOPICS
    ],
    "a discussion on a topic": [{"part": 3, "topic": topic} for topic in TOPICS],
}


async def main(*, short: bool) -> Report:
    rounds, calls = (3, 60) if short else (9, 600)
    times: dict[tuple[App, str], list[float]] = {
        (app, what): [] for app in (EMBEDDED, LARGE) for what in ASKED
    }
    async with rig() as bench:
        _enlarge(bench.deploy(LARGE))
        workers = [await bench.start(app) for app in (EMBEDDED, LARGE)]
        for worker in workers:
            for what in ASKED:
                await _round(bench, worker, what, 12)
        for _ in range(rounds):
            for what in ASKED:
                for worker in workers:
                    times[worker.app, what] += await _round(bench, worker, what, calls)
    return _report(times, short=short)


async def _round(bench: Rig, worker: RunningWorker, what: str, calls: int) -> list[float]:
    """Milliseconds of each call."""
    bodies = ASKED[what]
    asks = [worker.app.ask(bodies[n % len(bodies)], bench.signed_in) for n in range(calls)]
    done = await worker.round(asks)
    assert done.statuses == [200], (what, done.statuses)
    return [took / 1e6 for took in done.nanoseconds]


def _enlarge(folder: Path) -> None:
    """Add made-up topic sets to the bank of a copied app until there are 10,000."""
    sets = folder / "shared" / "ielts" / "bank" / "topic_sets"
    written = [entry for path in sorted(sets.glob("*.json")) for entry in _read(path)]
    draw = random.Random(1)
    nouns = sorted({word for entry in written for word in entry["keywords"]})
    subjects = sorted({word for entry in written for word in entry["subjects"]})
    made = []
    for number in range(ITEMS - len(written)):
        entry = dict(written[number % len(written)])
        entry["id"] = f"made-{number}"
        entry["subjects"] = draw.sample(subjects, 3)
        entry["keywords"] = draw.sample(nouns, 6)
        entry["topic"] = f"{entry['topic']} with {' and '.join(draw.sample(nouns, 2))}"
        made.append(entry)
    (sets / "made.json").write_text(json.dumps(made), encoding="utf-8")


def _read(path: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return entries


def _report(times: dict[tuple[App, str], list[float]], *, short: bool) -> Report:
    report = Report(
        "bank",
        "Answers from the bank",
        "Milliseconds of a generate-question without a model, called in Microsoft's worker library "
        "one after the other with everything on, from the embedded bank and from one to which "
        f"made-up entries were added until it had {ITEMS} topic sets.",
        short=short,
    )
    for (app, what), taken in times.items():
        row = {"bank": app.name, "asked for": what}
        row |= {f"p{p}, ms": f"{percentile(taken, p):.2f}" for p in (50, 95, 99)}
        report.rows.append(row)
        report.figures[f"{app.name}: {what}"] = {p: percentile(taken, p) for p in (50, 95, 99)}
        if app is LARGE:
            middle = median(taken)
            report.target(
                f"Median of {what} from {app.name}",
                f"under {TARGET_MS:g} ms",
                f"{middle:.2f} ms",
                met=middle < TARGET_MS,
            )
    return report


if __name__ == "__main__":
    asyncio.run(main(short=short_run())).finish()
