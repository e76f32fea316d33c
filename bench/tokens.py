"""Prompt and completion tokens of an item by part, and what a thousand questions cost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from bench.harness.questions import TOPICS
from bench.harness.report import Report, short_run
from bench.harness.stats import median
from bench.harness.tasks import task_for
from shared.ielts.bank.matching import entries
from shared.ielts.models import Part
from shared.settings import ModelPrice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shared.generation.ports import Task

ENCODING = "o200k_base"
CACHED_FROM = 1024
"""Azure caches a prompt's beginning from so many tokens on, so shorter ones never are."""
PRICES = Path(__file__).with_name("prices.json")
"""US dollars a million tokens, in the form of MODEL_PRICES: examples of three sizes of model."""
FIXED_TARGET = 0.9
_TOKENS_A_MESSAGE = 3


def main(*, short: bool) -> Report:
    import bpe_openai  # type: ignore[import-not-found] # noqa: PLC0415 - only in .venv-bench

    encoder = bpe_openai.get_encoding(ENCODING)

    def count(text: str) -> int:
        return len(encoder.encode(text))

    rows = {part: _part(part, count) for part in Part}
    return _report(rows, short=short)


def _part(part: Part, count: Any) -> dict[str, float]:
    """Medians over topics (prompt) and over the bank's items (completion)."""
    tasks = [task_for(part, topic) for topic in TOPICS]
    items = [entry.item(part).model_dump_json(exclude={"part", "topic"}) for entry in entries(part)]
    return {
        "prompt": median([_prompt(task, count) for task in tasks]),
        "fixed": _prefix(tasks, count),
        "schema": median([count(json.dumps(dict(task.schema))) for task in tasks]),
        "completion": median([count(item) for item in items]),
    }


def _prompt(task: Task, count: Any) -> int:
    """Tokens of the messages; how the schema is counted, the service alone knows."""
    return sum(count(message.content) + _TOKENS_A_MESSAGE for message in task.messages)


def _prefix(tasks: list[Task], count: Any) -> int:
    """Tokens of what all topics' prompts begin with."""
    texts = ["\n".join(message.content for message in task.messages) for task in tasks]
    first, last = min(texts), max(texts)
    same = next(
        (n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first)
    )
    fixed: int = count(first[:same])
    return fixed


def _report(rows: dict[Part, dict[str, float]], *, short: bool) -> Report:
    prices = price_lists()
    report = Report(
        "tokens",
        "Tokens and cost",
        f"Tokens ({ENCODING}) of the first request for an item, of the beginning that all topics "
        "share, of the JSON schema, and of an answer (the bank's items in the answer's form); "
        "medians. The cost of a thousand questions counts prompt, schema and answer, without "
        f"caching: prompts are cached from {CACHED_FROM} tokens on. The prices are examples of "
        "three sizes of model: `bench/prices.json`.",
        short=short,
    )
    for part, tokens in rows.items():
        row = {"part": str(int(part))}
        row |= {f"{name} tokens": f"{number:.0f}" for name, number in tokens.items()}
        for name, price in prices.items():
            row[f"{name}, $ per 1000"] = f"{1000 * dollars(tokens, price):.2f}"
        report.rows.append(row)
        report.figures[str(int(part))] = tokens
    fixed = min(tokens["fixed"] / tokens["prompt"] for tokens in rows.values())
    report.target(
        "Share of the prompt that is fixed and comes first",
        f"at least {FIXED_TARGET:.0%}",
        f"{fixed:.0%}",
        met=fixed >= FIXED_TARGET,
    )
    return report


def price_lists() -> dict[str, ModelPrice]:
    """What a million tokens cost, by the list's name."""
    return TypeAdapter(dict[str, ModelPrice]).validate_json(PRICES.read_bytes())


def dollars(tokens: Mapping[str, float], price: ModelPrice) -> float:
    """What an item costs."""
    put_in = tokens["prompt"] + tokens["schema"]
    return (put_in * price.prompt + tokens["completion"] * price.completion) / 1e6


if __name__ == "__main__":
    main(short=short_run()).finish()
