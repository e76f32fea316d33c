"""10,000 requests through a changing set of faults: all answered, nothing leaked, memory flat."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from bench.harness.apps import OURS
from bench.harness.load import Load, steadily
from bench.harness.questions import asking
from bench.harness.report import Report, short_run
from bench.harness.rig import rig

PER_SECOND = 33.0
PHASE_SECONDS = 12.0
"""Longer than a circuit waits until it asks again, so that every fault is met."""
DEADLINE = 3.0
SETTLE = 8.0
FAULTS: tuple[Any, ...] = (
    {"name": "random_failures", "p": 0.3, "seed": 1},
    {"name": "rate_limited", "retry_after": 1},
    "garbage",
    {"name": "status", "code": 503},
    "reset_midway",
    "html",
    {"name": "slow_body", "seconds": 0.5},
    "refusal",
    {"name": "length", "until": 1500},
    "hang",
    "garbage_bytes",
    "unauthorized",
    {"name": "random_failures", "p": 0.6, "seed": 2},
)
IMPATIENT = replace(OURS, env={"GENERATION_DEADLINE_SECONDS": str(DEADLINE)})


async def main(*, short: bool) -> Report:
    faults = FAULTS[::4] if short else FAULTS
    loads: list[tuple[str, Load]] = []
    async with rig() as bench:
        worker = await bench.start(IMPATIENT)
        make = asking(bench, IMPATIENT)
        bench.stand_in.fresh(latency=0.1)
        # Memory finds its working size: the rules read what they need when they first need it.
        for behaviour in ("garbage", "ok"):
            bench.stand_in.order(behaviour=behaviour)
            await steadily(worker, make, PER_SECOND, PHASE_SECONDS)
        before = await worker.stats()
        for fault in faults:
            for behaviour in (fault, "ok"):
                bench.stand_in.order(behaviour=behaviour)
                load = await steadily(worker, make, PER_SECOND, PHASE_SECONDS)
                loads.append((behaviour if isinstance(behaviour, str) else behaviour["name"], load))
        most = bench.stand_in.stats()["max_in_flight"]
        await asyncio.sleep(SETTLE)
        after = await worker.stats()
        # Here the log is still there: a fault that comes once in thousands must not get away.
        _, found, trace = bench.log_of(worker).partition("unhandled")
        if found:
            print(found + trace[:4000])
    return _report(loads, before, {**after, "most_in_flight": most}, short=short)


def _report(
    loads: list[tuple[str, Load]], before: dict[str, Any], after: dict[str, Any], *, short: bool
) -> Report:
    answers = Load([a for _, load in loads for a in load.answers], 0.0)
    report = Report(
        "soak",
        "Soak",
        f"{answers.count} requests, {PER_SECOND:g} a second, while the model changes every "
        f"{PHASE_SECONDS:g} s between faults and health, with a deadline of {DEADLINE:g} s; then "
        f"{SETTLE:g} s of rest.",
        short=short,
    )
    for name, load in loads:
        report.rows.append(
            {
                "the model's fault": name.replace("_", " "),
                "requests": str(load.count),
                "answered 200": f"{load.statuses.get(200, 0) / load.count:.1%}",
                "from the model": f"{load.from_model:.1%}",
                "p50, ms": f"{load.ms(50):.0f}",
                "slowest, ms": f"{load.ms(100):.0f}",
            }
        )
    report.figures = {"statuses": answers.statuses, "before": before, "after": after}
    ok = answers.statuses.get(200, 0)
    report.target("Answered", "every request", f"{ok} of {answers.count}", met=ok == answers.count)
    late = answers.ms(100) / 1000
    report.target(
        "Slowest",
        f"within {DEADLINE:g} s, and half a second to answer",
        f"{late:.2f} s",
        met=late <= DEADLINE + 0.5,
    )
    for what in ("tasks", "in_flight", "waiting"):
        report.target(
            f"{what} left", f"{before[what]}", str(after[what]), met=after[what] <= before[what]
        )
    # Connections are kept for the next request; as many as were ever needed at once.
    most = before["sockets"] + after["most_in_flight"]
    sockets = after["sockets"]
    report.target("Sockets", f"at most {most}", str(sockets), met=sockets <= most)
    grown = after["rss_mib"] - before["rss_mib"]
    report.target(
        "Memory growth",
        "at most 5 MiB",
        f"{grown:.1f} of {before['rss_mib']:.0f} MiB",
        met=grown <= 5,
    )
    return report


if __name__ == "__main__":
    asyncio.run(main(short=short_run())).finish()
