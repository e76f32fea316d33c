"""CPU time of a generate-question next to a bare SDK call with the same schema."""

from __future__ import annotations

import asyncio

from bench.harness.apps import ALL, OURS, App
from bench.harness.questions import asking
from bench.harness.report import Report, short_run
from bench.harness.rig import Rig, RunningWorker, rig
from bench.harness.stats import median

CREATE = App("bare SDK call: create", "sdk_create")
PARSE = App("bare SDK call: parse", "sdk_parse")
CONTENDERS = (CREATE, PARSE, *ALL)
AT_ONCE = (1, 32, 200)
TARGET = 1.15


async def main(*, short: bool) -> Report:
    rounds, calls = (3, 60) if short else (9, 600)
    costs: dict[tuple[App, int], list[float]] = {
        (app, at_once): [] for app in CONTENDERS for at_once in AT_ONCE
    }
    async with rig() as bench:
        bench.stand_in.fresh()
        workers = [await bench.start(app) for app in CONTENDERS]
        for worker in workers:
            await _cost(bench, worker, calls, AT_ONCE[-1])
        for _ in range(rounds):
            for at_once in AT_ONCE:
                for worker in workers:
                    cost = await _cost(bench, worker, calls, at_once)
                    costs[worker.app, at_once].append(cost)
    return _report(costs, short=short)


async def _cost(bench: Rig, worker: RunningWorker, calls: int, at_once: int) -> float:
    """CPU milliseconds a call."""
    make = asking(bench, worker.app)
    done = await worker.round([make(number) for number in range(max(calls, at_once))], at_once)
    answers = len(done.nanoseconds)
    assert done.from_model == answers, (worker.app.name, done.statuses, done.from_model)
    return 1000 * done.cpu_seconds / answers


def _report(costs: dict[tuple[App, int], list[float]], *, short: bool) -> Report:
    report = Report(
        "per_request",
        "CPU per request",
        "CPU milliseconds of the worker's process per generate-question (Part 2), so many at once, "
        "against a model that answers at once; medians of alternating rounds. In brackets: the "
        "median ratio to a bare SDK call (`chat.completions.create` with the same schema, no "
        "checks at all) within each round.",
        short=short,
    )
    ratios = {}
    for app in CONTENDERS:
        row = {"contender": app.name}
        for at_once in AT_ONCE:
            own, bare = costs[app, at_once], costs[CREATE, at_once]
            ratio = ratios[app, at_once] = median([a / b for a, b in zip(own, bare, strict=True)])
            row[f"{at_once} at once"] = f"{median(own):.2f} ({ratio:.2f})"
        report.rows.append(row)
        report.figures[app.name] = {str(n): costs[app, n] for n in AT_ONCE}
    for at_once in AT_ONCE:
        ratio = ratios[OURS, at_once]
        report.target(
            f"CPU of a bare SDK call, {at_once} at once",
            f"at most {TARGET} times, below 1.0 worth having",
            f"{ratio:.2f} times",
            met=ratio <= TARGET,
        )
    return report


if __name__ == "__main__":
    asyncio.run(main(short=short_run())).finish()
