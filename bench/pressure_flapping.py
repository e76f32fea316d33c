"""A model of whose answers three in ten fail at random."""

from __future__ import annotations

import asyncio

from bench.harness.apps import CHECKED, FASTAPI, OURS, PLAIN, App
from bench.harness.load import Load, steadily
from bench.harness.questions import asking
from bench.harness.report import Report, short_run
from bench.harness.rig import Rig, rig

PER_SECOND = 20.0
FAILING = 0.3
DEADLINE = 25.0


async def main(*, short: bool) -> Report:
    seconds = 20.0 if short else 60.0
    async with rig() as bench:
        runs = {app: await _run(bench, app, seconds) for app in (OURS, PLAIN, CHECKED, FASTAPI)}
    return _report(runs, short=short)


async def _run(bench: Rig, app: App, seconds: float) -> Load:
    worker = await bench.start(app)
    bench.stand_in.fresh(latency=0.3)
    await steadily(worker, asking(bench, app), PER_SECOND, 2)
    bench.stand_in.order(behaviour={"name": "random_failures", "p": FAILING, "seed": 7})
    load = await steadily(worker, asking(bench, app), PER_SECOND, seconds)
    bench.stop(worker)
    return load


def _report(runs: dict[App, Load], *, short: bool) -> Report:
    report = Report(
        "pressure_flapping",
        "A flapping model",
        f"{PER_SECOND:g} requests a second; each upstream answer fails with a probability of "
        f"{FAILING:.0%} (500, 503 or a reset connection); the model takes 0.3 s.",
        short=short,
    )
    for app, load in runs.items():
        report.rows.append(
            {
                "contender": app.name,
                "from the model": f"{load.from_model:.2%}",
                "5xx": f"{load.errors:.2%}",
                "p50, ms": f"{load.ms(50):.0f}",
                "p99, ms": f"{load.ms(99):.0f}",
                "slowest, ms": f"{load.ms(100):.0f}",
            }
        )
        report.figures[app.name] = {
            "from_model": load.from_model,
            "statuses": load.statuses,
            "ms": {p: load.ms(p) for p in (50, 95, 99, 100)},
        }
    ours = runs[OURS]
    slowest = ours.ms(100) / 1000
    report.target(
        "From the model", "at least 99 %", f"{ours.from_model:.2%}", met=ours.from_model >= 0.99
    )
    report.target(
        "Slowest answer", f"within {DEADLINE:g} s", f"{slowest:.1f} s", met=slowest <= DEADLINE
    )
    return report


if __name__ == "__main__":
    asyncio.run(main(short=short_run())).finish()
