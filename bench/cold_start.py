"""A fresh process, until its app is indexed and until the first question is answered."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from dataclasses import replace

from bench.harness.apps import ALL, OURS, PLAIN, QUART, REPOSITORY, App
from bench.harness.questions import asking
from bench.harness.report import Report, short_run
from bench.harness.rig import Rig, rig
from bench.harness.stats import median

NOTHING = App("azure.functions and pydantic only", "nothing")
UNCOMPILED = replace(OURS, name="this app, without bytecode")
FROM_BANK = replace(
    OURS,
    name="this app, from the bank",
    env={"AZURE_OPENAI_ENDPOINT": "", "AZURE_OPENAI_DEPLOYMENT": "", "AZURE_OPENAI_API_KEY": ""},
)
REMEMBERING = replace(OURS, name="this app, with a memory on SQLite", env={"WEBSITE_SITE_NAME": ""})
CONTENDERS = (NOTHING, *ALL, UNCOMPILED, FROM_BANK, REMEMBERING)
BROUGHT_BY_QUART = "h2"
"""Azure installs it for no other contender; where it is installed, httpx2 imports it."""
INDEXED_TARGET, ANSWERED_TARGET = 1.25, 0.85

Times = tuple[float, float, float]
"""Milliseconds from the process's start: indexed, first question answered; CPU until then."""


async def main(*, short: bool) -> Report:
    rounds = 5 if short else 15
    times: dict[App, list[Times]] = {app: [] for app in CONTENDERS}
    async with rig() as bench:
        bench.stand_in.fresh()
        for app in CONTENDERS:
            _start(bench, app)
        for _ in range(rounds):
            for app in CONTENDERS:
                times[app].append(_start(bench, app))
    return _report(times, short=short)


def _start(bench: Rig, app: App) -> Times:
    """Start the app, ask at once, and end it."""
    folder = bench.deploy(app)
    environment = bench.environment(app)
    if app is UNCOMPILED:
        for cached in folder.rglob("__pycache__"):
            for file in cached.iterdir():
                file.unlink()
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
    if app is not QUART:
        environment["BENCH_HIDDEN"] = BROUGHT_BY_QUART
    ask = asking(bench, app)(0)
    command = [sys.executable, "-m", "bench.harness.first_answer", str(folder)]
    # Of a new candidate each time: one with a memory would have had the question.
    headers = {**ask.headers, **bench.tokens.headers()}
    frame = (ask.function, ask.path, ask.method, ask.body.decode(), headers)
    began = time.monotonic()
    done = subprocess.run(
        [*command, json.dumps(frame)],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, (app.name, done.stderr.decode()[-2000:])
    indexed, answered, cpu, status, from_model = json.loads(done.stdout.splitlines()[-1])
    assert status == 200, (app.name, status)
    assert from_model == (app is not FROM_BANK), app.name
    return 1000 * (indexed - began), 1000 * (answered - began), 1000 * cpu


def _report(times: dict[App, list[Times]], *, short: bool) -> Report:
    report = Report(
        "cold_start",
        "Cold start",
        "Milliseconds from the start of a fresh process until Microsoft's worker library has "
        "indexed the app, and until the first question, asked for at that moment, is answered; "
        "medians of alternating starts; and the CPU time of the process, which other work on the "
        "machine disturbs less. The interpreter and the worker library are part of it. The model "
        "answers at once. The columns with `of` are the medians of the ratios within each round, "
        "not the ratios of the medians. As deployed: bytecode in the package, and no database, so "
        "that nothing is remembered, as in the other apps; without h2, which only Quart installs.",
        short=short,
    )
    for app, starts in times.items():
        row = {"contender": app.name}
        for column, name, base in (
            (0, "indexed", NOTHING),
            (1, "first answer", PLAIN),
            (2, "CPU until then", PLAIN),
        ):
            row[f"{name}, ms"] = f"{median([start[column] for start in starts]):.0f}"
            row[f"{name}: of {base.name}"] = f"{_ratio(times, app, base, column):.2f}"
        report.rows.append(row)
        report.figures[app.name] = starts
    indexed, answered = _ratio(times, OURS, NOTHING, 0), _ratio(times, OURS, PLAIN, 1)
    report.target(
        "Indexed, of a bare app",
        f"at most {INDEXED_TARGET}",
        f"{indexed:.2f}",
        met=indexed <= INDEXED_TARGET,
    )
    report.target(
        "First answer, of the plain sample",
        f"at most {ANSWERED_TARGET}",
        f"{answered:.2f}",
        met=answered <= ANSWERED_TARGET,
    )
    return report


def _ratio(times: dict[App, list[Times]], app: App, base: App, column: int) -> float:
    pairs = zip(times[app], times[base], strict=True)
    return median([mine[column] / other[column] for mine, other in pairs])


if __name__ == "__main__":
    asyncio.run(main(short=short_run())).finish()
