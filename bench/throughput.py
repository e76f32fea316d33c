"""Requests a second in one worker, and the memory that they leave behind."""

from __future__ import annotations

import asyncio
from typing import Any

from bench.harness.apps import ALL, OURS, PLAIN, App
from bench.harness.load import at_once
from bench.harness.questions import asking
from bench.harness.report import Report, short_run
from bench.harness.rig import Rig, RunningWorker, rig
from bench.harness.stats import median

USERS = (32, 256)
LATENCIES = (0.0, 1.0)
CASES = tuple((users, latency) for latency in LATENCIES for users in USERS)
MEMORY_OF = (OURS, PLAIN)


async def main(*, short: bool) -> Report:
    rounds, seconds, many = (1, 4.0, 2_000) if short else (3, 15.0, 100_000)
    apps = (OURS, PLAIN) if short else ALL
    rates: dict[tuple[App, int, float], list[float]] = {
        (app, *case): [] for app in apps for case in CASES
    }
    memory: dict[App, list[float]] = {}
    async with rig() as bench:
        workers = [await bench.start(app) for app in apps]
        idle = {worker.app: (await worker.stats())["rss_mib"] for worker in workers}
        for _ in range(rounds):
            for case in CASES:
                for worker in workers:
                    rates[worker.app, *case].append(await _rate(bench, worker, *case, seconds))
        for app in MEMORY_OF:
            worker = next(worker for worker in workers if worker.app is app)
            memory[app] = await _memory(bench, worker, many)
    return _report(rates, idle, memory, many, short=short)


async def _rate(
    bench: Rig, worker: RunningWorker, users: int, latency: float, seconds: float
) -> float:
    make = asking(bench, worker.app)
    bench.stand_in.fresh(latency=0.0)
    await at_once(worker, make, users, requests=users)
    bench.stand_in.fresh(latency=latency)
    load = await at_once(worker, make, users, seconds=seconds, spread=max(1.0, 2 * latency))
    return load.from_model * load.count / load.seconds


async def _memory(bench: Rig, worker: RunningWorker, many: int) -> list[float]:
    """MiB after each tenth of so many requests."""
    bench.stand_in.fresh(latency=0.0)
    resident = []
    for _ in range(10):
        await at_once(worker, asking(bench, worker.app), 64, requests=many // 10)
        resident.append((await worker.stats())["rss_mib"])
    return resident


def _report(
    rates: dict[tuple[App, int, float], list[float]],
    idle: dict[App, float],
    memory: dict[App, list[float]],
    many: int,
    *,
    short: bool,
) -> Report:
    report = Report(
        "throughput",
        "Throughput and memory",
        "The model's answers a second by one worker with one core, for so many users who ask "
        "again as soon as they are answered, against a model that answers at once and one that "
        "takes a second; "
        f"medians. Memory: resident MiB once indexed, and after a tenth and all of {many} requests "
        "more.",
        short=short,
    )
    for app, resident in idle.items():
        row = {"contender": app.name}
        figures: dict[str, Any] = {"idle_mib": resident, "resident_mib": memory.get(app)}
        for users, latency in CASES:
            rate = median(rates[app, users, latency])
            row[f"{users} users, {latency:g} s"] = f"{rate:.0f}"
            figures[f"{users} users, {latency:g} s"] = rates[app, users, latency]
        row["indexed, MiB"] = f"{resident:.0f}"
        for name, place in (("after a tenth", 0), ("after all", -1)):
            row[name] = f"{memory[app][place]:.0f}" if app in memory else ""
        report.rows.append(row)
        report.figures[app.name] = figures
    grown = memory[OURS][-1] - memory[OURS][0]
    report.target(
        f"Memory growth over {many} requests",
        "flat: at most 5 MiB",
        f"{grown:.1f} MiB",
        met=grown <= 5,
    )
    return report


if __name__ == "__main__":
    asyncio.run(main(short=short_run())).finish()
