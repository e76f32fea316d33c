"""The usage report as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from shared.storage.usage import UsageLine
from shared.stored_contract import UsageReport
from shared.usage_report import csv_file, usage_group

DAY = date(2026, 1, 31)


def group_cell(group: str) -> str:
    """How the group's name stands in the table."""
    groups = [usage_group(UsageLine(group), {})]
    report = UsageReport(from_=DAY, to=DAY, group_by="model", groups=groups)
    [row] = csv.DictReader(io.StringIO(csv_file(report).content.decode()))
    return row["group"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_name_that_a_spreadsheet_would_calculate_is_marked_as_text(sign: str) -> None:
    assert group_cell(f"{sign}HYPERLINK(A1)") == f"'{sign}HYPERLINK(A1)"


@pytest.mark.parametrize("name", ["2026-01-31", "generate-question", "gpt-4.1-mini", "a,b", ""])
def test_any_other_name_stands_as_it_is(name: str) -> None:
    assert group_cell(name) == name
