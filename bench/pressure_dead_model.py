"""The model dies under load, and comes back."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from bench.harness.apps import CHECKED, FASTAPI, OURS, PLAIN, App
from bench.harness.load import Load, steadily
from bench.harness.questions import asking
from bench.harness.report import Report, short_run
from bench.harness.rig import Rig, rig

PER_SECOND = 20.0


@dataclass(frozen=True, slots=True)
class Death:
    """A way to die.

    Attributes:
        settle: seconds in which it may be found out (an attempt may take 15); the requests sent
            after them are counted.

    """

    name: str
    behaviour: Any = field(hash=False)
    settle: float


DEATHS = (
    Death("answers 503", {"name": "status", "code": 503}, 5),
    Death("says nothing", "hang", 25),
)
COUNTED = 20.0


@dataclass(frozen=True, slots=True)
class Run:
    """What the requests sent while the model was dead cost, and when it was used again."""

    dead: Load
    back_after: float


async def main(*, short: bool) -> Report:
    apps = (OURS, PLAIN) if short else (OURS, PLAIN, CHECKED, FASTAPI)
    runs = {}
    async with rig() as bench:
        for death in DEATHS:
            for app in apps:
                runs[death, app] = await _run(bench, app, death)
    return _report(runs, short=short)


async def _run(bench: Rig, app: App, death: Death) -> Run:
    dead = death.settle + COUNTED
    worker = await bench.start(app)
    bench.stand_in.fresh(latency=0.2)
    await steadily(worker, asking(bench, app), PER_SECOND, 3)
    began = time.monotonic()
    sending = asyncio.create_task(steadily(worker, asking(bench, app), PER_SECOND, dead + 30))
    bench.stand_in.order(behaviour=death.behaviour)
    await asyncio.sleep(dead)
    bench.stand_in.order(behaviour="ok")
    returned = time.monotonic()
    load = await sending
    bench.stop(worker)
    again = [a.sent + a.seconds for a in load.answers if a.from_model]
    back_after = min((at for at in again if at > returned), default=float("inf")) - returned
    return Run(load.between(began + death.settle, returned), back_after)


def _report(runs: dict[tuple[Death, App], Run], *, short: bool) -> Report:
    report = Report(
        "pressure_dead_model",
        "A dead model",
        f"{PER_SECOND:g} requests a second while the model is dead, counted once that could be "
        "known; a frontend waits 30 s. Back after: from the model's return to the first answer "
        "that is its own.",
        short=short,
    )
    for (death, app), run in runs.items():
        load = run.dead
        report.rows.append(
            {
                "the model": death.name,
                "contender": app.name,
                "answered": f"{load.statuses.get(200, 0) / load.count:.1%}",
                "p50, ms": f"{load.ms(50):.0f}",
                "p95, ms": f"{load.ms(95):.0f}",
                "back after, s": f"{run.back_after:.1f}",
            }
        )
        report.figures[f"{death.name}: {app.name}"] = {
            "statuses": load.statuses,
            "p50_ms": load.ms(50),
            "p95_ms": load.ms(95),
            "back_after_s": run.back_after,
        }
        if app is OURS:
            p95 = load.ms(95)
            report.target(f"{death.name}: p95", "under 50 ms", f"{p95:.1f} ms", met=p95 < 50)
            report.target(
                f"{death.name}: model used again",
                "within 30 s",
                f"{run.back_after:.1f} s",
                met=run.back_after <= 30,
            )
    return report


if __name__ == "__main__":
    asyncio.run(main(short=short_run())).finish()
