"""200 requests in flight against a model that takes one second."""

from __future__ import annotations

import asyncio

from bench.harness.apps import ALL, CHECKED, OURS, PLAIN, App
from bench.harness.load import Load, at_once
from bench.harness.questions import asking
from bench.harness.report import Report, short_run
from bench.harness.rig import Rig, RunningWorker, rig
from bench.harness.stats import median

IN_FLIGHT = 200
LATENCY = 1.0
IDEAL = IN_FLIGHT / LATENCY


async def main(*, short: bool) -> Report:
    rounds, seconds = (2, 5.0) if short else (3, 20.0)
    apps = (OURS, PLAIN, CHECKED) if short else ALL
    runs: dict[App, list[Load]] = {app: [] for app in apps}
    async with rig() as bench:
        for _ in range(rounds):
            for app in apps:
                # Alone: one that is overrun goes on for minutes, and all share the one core.
                worker = await bench.start(app)
                runs[app].append(await _run(bench, worker, seconds))
                bench.stop(worker)
    return _report(runs, short=short)


async def _run(bench: Rig, worker: RunningWorker, seconds: float) -> Load:
    make = asking(bench, worker.app)
    bench.stand_in.fresh(latency=0.0)
    await at_once(worker, make, IN_FLIGHT, requests=IN_FLIGHT)
    bench.stand_in.fresh(latency=LATENCY)
    return await at_once(worker, make, IN_FLIGHT, seconds=seconds, spread=2 * LATENCY)


def _report(runs: dict[App, list[Load]], *, short: bool) -> Report:
    report = Report(
        "pressure_load",
        "Load",
        f"{IN_FLIGHT} users who ask again as soon as they are answered, and a model that takes "
        f"{LATENCY:g} s: ideally {IDEAL:.0f} answers a second. The app has one core, the model's "
        "stand-in and the load the other. Only the model's answers count. Medians of alternating "
        "rounds.",
        short=short,
    )
    found = {}
    for app, loads in runs.items():
        rate = median([load.from_model * load.count / load.seconds for load in loads])
        p50, p99 = (median([load.ms(p) for load in loads]) for p in (50, 99))
        others = max(1 - load.from_model for load in loads)
        found[app] = (rate / IDEAL, p99)
        report.rows.append(
            {
                "contender": app.name,
                "answers/s": f"{rate:.0f}",
                "of the ideal": f"{rate / IDEAL:.2f}",
                "p50, ms": f"{p50:.0f}",
                "p99, ms": f"{p99:.0f}",
                "not from the model": f"{others:.1%}",
            }
        )
        report.figures[app.name] = {"per_second": rate, "p50_ms": p50, "p99_ms": p99}
    share, p99 = found[OURS]
    report.target("Of the ideal throughput", "at least 0.95", f"{share:.2f}", met=share >= 0.95)
    report.target("p99", "under 1.1 s", f"{p99 / 1000:.2f} s", met=p99 < 1100)
    return report


if __name__ == "__main__":
    asyncio.run(main(short=short_run())).finish()
