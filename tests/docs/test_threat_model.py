"""SECURITY.md: a row for each risk of both OWASP lists, and each names tests that exist."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from tests.support.running_app import REPOSITORY


class Row(NamedTuple):
    """One risk."""

    risk: str
    happens: str
    stopped_by: str
    shown_by: str


PAGE = (REPOSITORY / "SECURITY.md").read_text("utf-8")
ROWS = [
    Row(*(cell.strip() for cell in line.strip("|").split("|")))
    for line in PAGE.splitlines()
    if re.match(r"\| (API|LLM)\d", line)
]
TESTS = [test for row in ROWS for test in re.findall(r"`(tests/[^`]*)`", row.shown_by)]


def test_every_risk_has_its_row() -> None:
    api = [f"API{number}" for number in range(1, 11)]
    llm = [f"LLM{number:02}" for number in range(1, 11)]

    assert [row.risk.split()[0] for row in ROWS] == api + llm


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.risk.split()[0])
def test_every_row_is_whole_and_names_a_test(row: Row) -> None:
    assert row.happens
    assert row.stopped_by
    assert re.search(r"`tests/\w+/test_\w+\.py", row.shown_by)


@pytest.mark.parametrize("test", sorted(set(TESTS)))
def test_every_test_that_is_named_exists(test: str) -> None:
    file, _, name = test.partition("::")

    assert re.search(rf"def {name or 'test_'}", (REPOSITORY / file).read_text("utf-8"))
    if name:
        assert f"def {name}(" in (REPOSITORY / file).read_text("utf-8")
