"""A whole mock test next to its slowest part."""

from __future__ import annotations

import asyncio
import json
import time

from bench.harness.apps import OURS, PLAIN
from bench.harness.library import Ask
from bench.harness.load import send
from bench.harness.questions import asking
from bench.harness.report import Report, short_run
from bench.harness.rig import Rig, RunningWorker, rig
from bench.harness.stats import median

LATENCY = 1.0
PARTS = (1, 2, 3)
FIVE = (1, 1, 1, 2, 3)
TARGET = 1.15


async def main(*, short: bool) -> Report:
    rounds = 5 if short else 15
    alone: dict[int, list[float]] = {part: [] for part in PARTS}
    whole: list[float] = []
    in_a_row: list[float] = []
    together: list[float] = []
    async with rig() as bench:
        ours, plain = await bench.start(OURS), await bench.start(PLAIN)
        bench.stand_in.fresh()
        await _test(bench, ours)
        await _part(bench, plain, 2)
        bench.stand_in.fresh(latency=LATENCY)
        for _ in range(rounds):
            for part in PARTS:
                alone[part].append(await _part(bench, ours, part))
            whole.append(await _test(bench, ours))
        for _ in range(max(3, rounds // 5)):
            began = time.monotonic()
            for part in FIVE:
                await _part(bench, plain, part)
            in_a_row.append(time.monotonic() - began)
        for _ in range(rounds):
            began = time.monotonic()
            await asyncio.gather(*(_part(bench, plain, part) for part in FIVE))
            together.append(time.monotonic() - began)
    return _report(
        alone,
        {
            "mock test": whole,
            "plain sample, five in a row": in_a_row,
            "plain sample, five at once": together,
        },
        short=short,
    )


async def _part(bench: Rig, worker: RunningWorker, part: int) -> float:
    answered = await send(worker, asking(bench, worker.app, part)(0))
    assert answered.from_model
    return answered.seconds


async def _test(bench: Rig, worker: RunningWorker) -> float:
    headers = {"content-type": "application/json", **bench.signed_in}
    body = json.dumps({"topic": "a journey"}).encode()
    answered = await send(
        worker, Ask("generate_test", "/api/generate-test", body=body, headers=headers)
    )
    assert answered.from_model
    return answered.seconds


def _report(alone: dict[int, list[float]], whole: dict[str, list[float]], *, short: bool) -> Report:
    report = Report(
        "mock_test",
        "A mock test",
        f"Seconds until a mock test of five items is there, with a model that takes {LATENCY:g} s "
        "for each, next to each part asked for alone, and to the plain sample asked for the five "
        "one after the other, and at once by a frontend that can do that. Medians.",
        short=short,
    )
    slowest = max(median(times) for times in alone.values())
    for what, times in (
        *((f"Part {part} alone", times) for part, times in alone.items()),
        *whole.items(),
    ):
        ratio = median(times) / slowest
        report.rows.append(
            {"asked for": what, "seconds": f"{median(times):.3f}", "of the slowest": f"{ratio:.2f}"}
        )
        report.figures[what] = times
    ratio = median(whole["mock test"]) / slowest
    report.target(
        "Mock test, of its slowest part", f"at most {TARGET}", f"{ratio:.2f}", met=ratio <= TARGET
    )
    return report


if __name__ == "__main__":
    asyncio.run(main(short=short_run())).finish()
