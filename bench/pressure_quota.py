"""Twice the model's requests-per-minute quota is asked for, for a minute."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bench.harness.apps import ALL, OURS, App
from bench.harness.load import Load, steadily
from bench.harness.questions import asking
from bench.harness.report import Report, short_run
from bench.harness.rig import Rig, rig

RPM = 600
LATENCY = 1.0
PATIENCE = 30.0
DEADLINE = 25.0


@dataclass(frozen=True, slots=True)
class Run:
    """What one contender made of it."""

    load: Load
    quota_used: float
    calls_per_answer: float


async def main(*, short: bool) -> Report:
    seconds = 20.0 if short else 60.0
    async with rig() as bench:
        runs = {app: await _run(bench, app, seconds) for app in (ALL[:3] if short else ALL)}
    return _report(runs, short=short)


async def _run(bench: Rig, app: App, seconds: float) -> Run:
    worker = await bench.start(app)
    bench.stand_in.fresh(latency=0.0)
    await steadily(worker, asking(bench, app), 5, 1)  # nothing is imported any more after this
    bench.stand_in.fresh(latency=LATENCY, rpm=RPM)
    sending = asyncio.create_task(steadily(worker, asking(bench, app), 2 * RPM / 60, seconds))
    await asyncio.sleep(seconds + LATENCY)
    used = bench.stand_in.answers() / (RPM / 60 * seconds)
    load = await sending
    counters = bench.stand_in.stats()
    bench.stop(worker)
    return Run(load, used, counters["received"] / max(1, bench.stand_in.answers()))


def _report(runs: dict[App, Run], *, short: bool) -> Report:
    report = Report(
        "pressure_quota",
        "Twice the quota",
        f"{2 * RPM} requests a minute against a deployment with a quota of {RPM}, counted as "
        f"Azure counts in windows of ten seconds, and a latency of {LATENCY:g} s. A frontend "
        f"waits {PATIENCE:g} s. Quota used: answers that the model gave in that time.",
        short=short,
    )
    for app, run in runs.items():
        load = run.load
        report.rows.append(
            {
                "contender": app.name,
                "quota used": f"{run.quota_used:.1%}",
                "from the model": f"{load.from_model:.1%}",
                "5xx": f"{load.errors:.1%}",
                "never answered": f"{load.unanswered:.1%}",
                "slowest, s": f"{load.ms(100) / 1000:.1f}",
                "upstream calls an answer": f"{run.calls_per_answer:.2f}",
            }
        )
        report.figures[app.name] = {
            "quota_used": run.quota_used,
            "from_model": load.from_model,
            "statuses": load.statuses,
            "ms": {p: load.ms(p) for p in (50, 95, 99, 100)},
            "upstream_calls_per_answer": run.calls_per_answer,
        }
    ours = runs[OURS]
    late = ours.load.ms(100) / 1000
    calls = ours.calls_per_answer
    broken = ours.load.errors + ours.load.unanswered
    report.target(
        "Quota used", "at least 95 %", f"{ours.quota_used:.1%}", met=ours.quota_used >= 0.95
    )
    report.target("Without an answer", "none", f"{broken:.1%}", met=broken == 0)
    report.target(
        "Slowest answer",
        f"within {DEADLINE:g} s, and half a second to answer",
        f"{late:.1f} s",
        met=late <= DEADLINE + 0.5,
    )
    report.target("Upstream calls a model answer", "at most 1.1", f"{calls:.2f}", met=calls <= 1.1)
    return report


if __name__ == "__main__":
    asyncio.run(main(short=short_run())).finish()
