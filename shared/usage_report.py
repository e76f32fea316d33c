"""From summed-up requests to a report: shares, costs, and a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from shared.http.files import File
from shared.stored_contract import UsageGroup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shared.settings import ModelPrice
    from shared.storage.usage import UsageLine
    from shared.stored_contract import UsageReport

_MILLION = 1_000_000
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def usage_group(line: UsageLine, prices: Mapping[str, ModelPrice]) -> UsageGroup:
    """One line of the report.

    Args:
        line: the sums.
        prices: by model name, or by how it begins ("gpt-x" for "gpt-x-2026-01-01").

    """
    items = sum(line.items.values())
    shares = {name: round(count / items, 4) if items else 0.0 for name, count in line.items.items()}
    return UsageGroup(
        group=line.group,
        requests=line.requests,
        errors=line.errors,
        p50_ms=round(line.p50_ms, 2),
        p95_ms=round(line.p95_ms, 2),
        prompt_tokens=sum(prompt for prompt, _ in line.tokens.values()),
        completion_tokens=sum(completion for _, completion in line.tokens.values()),
        model_share=shares["model"],
        library_share=shares["library"],
        bank_share=shares["bank"],
        repairs=line.repairs,
        estimated_cost=_cost(line.tokens, prices),
    )


def csv_file(report: UsageReport) -> File:
    """A header line and a line a group, as RFC 4180 has them."""
    table = io.StringIO()
    writer = csv.DictWriter(table, fieldnames=list(UsageGroup.model_fields))
    writer.writeheader()
    for group in report.groups:
        writer.writerow(group.model_dump() | {"group": _text_cell(group.group)})
    content = table.getvalue().encode()
    return File(content, "text/csv", {"Cache-Control": "no-store"})


def _text_cell(text: str) -> str:
    """The text, marked as one where a spreadsheet would take it for a formula.

    A model's name is what an upstream server says it is. The marks are OWASP's:
    https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _cost(tokens: Mapping[str, tuple[int, int]], prices: Mapping[str, ModelPrice]) -> float | None:
    """The sum over all models; None where one of them has no price."""
    total = 0.0
    for model, (prompt, completion) in tokens.items():
        names = [name for name in prices if model.startswith(name)]
        if not names:
            return None
        price = prices[max(names, key=len)]
        total += (prompt * price.prompt + completion * price.completion) / _MILLION
    return round(total, 6)
