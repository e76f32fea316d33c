"""Evaluate the generator, or compare two evaluations.

    python -m tools.evaluation run --items 30 [--seed 1] [--concurrency 4] [--out eval]
    python -m tools.evaluation compare A.json B.json [--out eval]

`run` asks whatever model the environment or `.env` configures, else it evaluates the bank.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from shared import __version__
from shared.generation.prompts import PROMPT_VERSION
from shared.settings import SettingsError, load_settings
from shared.worker import Worker
from tools.evaluation.collect import Plan, collect
from tools.evaluation.measure import find_twins, measure
from tools.evaluation.progress import Progress
from tools.evaluation.records import Record, Report, Run
from tools.evaluation.report import (
    COMPARISON_NAME,
    comparison_lines,
    comparison_page,
    described,
    read_report,
    write_report,
)

_OUT = Path("eval")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    parser = argparse.ArgumentParser("evaluation", description="Judge the generator.")
    commands = parser.add_subparsers(required=True)
    run = commands.add_parser("run", help="run the generator and write a report")
    run.add_argument("--items", type=_positive, default=30, help="of each part")
    run.add_argument("--seed", type=int, default=1, help="of the choice of topics")
    run.add_argument("--concurrency", type=_positive, default=4, help="items at the same time")
    run.add_argument("--out", type=Path, default=_OUT, help="folder of the report")
    run.set_defaults(command=_run)
    comparison = commands.add_parser("compare", help="show two reports side by side")
    comparison.add_argument("first", type=Path, help="a report.json")
    comparison.add_argument("second", type=Path, help="a later report.json")
    comparison.add_argument("--out", type=Path, default=_OUT, help="folder of the page")
    comparison.set_defaults(command=_compare)
    given = parser.parse_args(arguments)
    return int(given.command(given))


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _run(given: argparse.Namespace) -> int:
    try:
        worker = Worker(load_settings())
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    asked_a_model = worker.model is not None
    if not asked_a_model:
        print("No model is configured: evaluating the question bank.", file=sys.stderr)
    plan = Plan(given.items, given.seed, given.concurrency)
    records = asyncio.run(collect(worker, plan, Progress))
    run = Run(
        made_at=datetime.now().astimezone().strftime("%Y-%m-%d %H:%M"),
        version=__version__,
        prompt_version=PROMPT_VERSION,
        model=_models(records),
        asked_a_model=asked_a_model,
        items_per_part=plan.items_per_part,
        seed=plan.seed,
        concurrency=plan.concurrency,
        deadline_seconds=worker.settings.generation_deadline_seconds,
    )
    twins = find_twins(records)
    report = Report(run=run, figures=measure(records, twins), twins=twins, records=tuple(records))
    print(f"{described(report)}: {write_report(report, given.out)}")
    return 0


def _models(records: list[Record]) -> str:
    return ", ".join(sorted({record.model for record in records if record.model}))


def _compare(given: argparse.Namespace) -> int:
    try:
        first, second = read_report(given.first), read_report(given.second)
    except (OSError, ValidationError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a report of this version"
        print(f"Cannot compare: {reason}. Give two report.json files.", file=sys.stderr)
        return 2
    print("\n".join(comparison_lines(first, second)))
    given.out.mkdir(parents=True, exist_ok=True)
    page = given.out / COMPARISON_NAME
    page.write_text(comparison_page(first, second), encoding="utf-8")
    print(f"As a page: {page}")
    return 0


if __name__ == "__main__":
    # the report tells what became of every item; log lines would break the progress bar
    logging.getLogger().addHandler(logging.NullHandler())
    sys.exit(main())
