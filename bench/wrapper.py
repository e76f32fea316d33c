"""The cost of the whole wrapper over a bare handler, in Microsoft's worker library."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bench.harness.apps import App
from bench.harness.report import Report, short_run
from bench.harness.rig import Rig, RunningWorker, rig
from bench.harness.stats import median

if TYPE_CHECKING:
    from bench.harness.library import Ask

BARE = App("bare handler", "bare")
OURS = App("this app's wrapper", "wrapped", "bare")
DECORATOR = App("hand-written decorator", "bare_checked")
FASTAPI_CHECKED = App("FastAPI with the same checks", "bare_fastapi_checked", "http_app_func")
FASTAPI = App("FastAPI, no identity", "bare_fastapi", "http_app_func")
CONTENDERS = (BARE, OURS, DECORATOR, FASTAPI_CHECKED, FASTAPI)
BODY = {"part": 2, "topic": "a journey that you remember"}
KNOWN_TARGET, FRESH_TARGET = 60.0, 200.0


async def main(*, short: bool) -> Report:
    rounds, calls, fresh_calls = (5, 500, 100) if short else (21, 2000, 400)
    known: dict[App, list[float]] = {app: [] for app in CONTENDERS}
    fresh: dict[App, list[float]] = {app: [] for app in CONTENDERS}
    async with rig() as bench:
        workers = [await bench.start(app) for app in CONTENDERS]
        for worker in workers:
            await _known(bench, worker, calls)
        for _ in range(rounds):
            for worker in workers:
                known[worker.app].append(await _known(bench, worker, calls))
            for worker in workers:
                fresh[worker.app].append(await _fresh(bench, worker, fresh_calls))
    return _report(known, fresh, short=short)


async def _known(bench: Rig, worker: RunningWorker, calls: int) -> float:
    """Median microseconds of a call with a token that was seen before."""
    return await _measure(worker, [worker.app.ask(BODY, bench.signed_in)] * calls)


async def _fresh(bench: Rig, worker: RunningWorker, calls: int) -> float:
    """Median microseconds of a call with a token that was never seen."""
    return await _measure(
        worker, [worker.app.ask(BODY, bench.tokens.headers()) for _ in range(calls)]
    )


async def _measure(worker: RunningWorker, asks: list[Ask]) -> float:
    done = await worker.round(asks)
    assert done.statuses == [200], (worker.app.name, done.statuses)
    return median(done.nanoseconds) / 1000


def _report(known: dict[App, list[float]], fresh: dict[App, list[float]], *, short: bool) -> Report:
    report = Report(
        "wrapper",
        "The wrapper",
        "One POST with a JSON body and an RS256 token, called in Microsoft's worker library one "
        "after the other; medians of rounds that alternate. All say the same word, each in its own "
        "form: alone, with a request id where one is made, or in this app's envelope. The "
        "differences are to the bare handler, which reads and checks nothing. Log lines are "
        "formatted and written.",
        short=short,
    )
    for app in CONTENDERS:
        over = [_over(series, app) for series in (known, fresh)]
        report.rows.append(
            {
                "contender": app.name,
                "token known, µs": f"{median(known[app]):.0f}",
                "over bare": f"{over[0]:+.0f}",
                "token first seen, µs": f"{median(fresh[app]):.0f}",
                "over bare ": f"{over[1]:+.0f}",
            }
        )
        report.figures[app.name] = {"known_us": known[app], "first_seen_us": fresh[app]}
    for what, series, limit in (
        ("token known", known, KNOWN_TARGET),
        ("token seen for the first time", fresh, FRESH_TARGET),
    ):
        cost = _over(series, OURS)
        report.target(
            f"Wrapper, {what}", f"at most {limit:.0f} µs", f"{cost:.0f} µs", met=cost <= limit
        )
    return report


def _over(series: dict[App, list[float]], app: App) -> float:
    """Median of the differences to the bare handler within each round."""
    return median([mine - bare for mine, bare in zip(series[app], series[BARE], strict=True)])


if __name__ == "__main__":
    asyncio.run(main(short=short_run())).finish()
