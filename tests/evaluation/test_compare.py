from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.evaluation.conftest import banked, discussion, frame, report_of, written
from tests.evaluation.page import Page
from tools.evaluation.__main__ import main
from tools.evaluation.compare import Mark, compare
from tools.evaluation.published import LONG_WORDS
from tools.evaluation.report import comparison_lines, comparison_page, write_report

if TYPE_CHECKING:
    from pathlib import Path

    from tools.evaluation.records import Report


@pytest.fixture
def good() -> Report:
    return report_of(*[written(frame(), latency_ms=500)] * 30)


@pytest.fixture
def poor() -> Report:
    """Half of it from the bank, and slower."""
    mended = written(frame(), latency_ms=900, repairs=1, broken_rules=("markup",))
    return report_of(*[mended] * 15, *[banked(frame())] * 15)


def marks(first: Report, second: Report) -> dict[str, Mark]:
    return {pairing.first.label: pairing.mark for pairing in compare(first, second)}


def test_a_report_is_the_same_as_itself(good: Report) -> None:
    assert set(marks(good, good).values()) == {Mark.SAME}


def test_fewer_items_at_first_try_are_worse(good: Report, poor: Report) -> None:
    assert marks(good, poor)["first try"] is Mark.WORSE
    assert marks(poor, good)["first try"] is Mark.BETTER


@pytest.mark.parametrize("items", [5, 10, 30])
def test_runs_of_the_same_model_hardly_ever_differ_in_time(items: int) -> None:
    random = Random(1)

    def run() -> Report:
        waits = (random.lognormvariate(7, 0.5) for _ in range(items))
        return report_of(*(written(frame(), latency_ms=wait) for wait in waits))

    found = [marks(run(), run()) for _ in range(40)]

    changed = [
        by_label[f"latency, p{percent}"] is not Mark.SAME
        for by_label in found
        for percent in (50, 95)
    ]
    assert sum(changed) <= 0.02 * len(changed)


def test_a_slower_model_is_worse(good: Report) -> None:
    slow = report_of(*[written(frame(), latency_ms=900 + wait) for wait in range(30)])

    assert marks(good, slow)["latency, p50"] is Mark.WORSE


def test_a_few_long_words_more_in_a_few_items_are_chance() -> None:
    plain = [written(discussion())] * 5
    long_worded = written(discussion("Are photographs of gardens interesting to gardeners?"))

    found = marks(report_of(*plain), report_of(*plain[1:], long_worded))

    assert found[LONG_WORDS] is Mark.SAME


def test_a_rule_that_one_run_did_not_break_counts_as_nought_there(
    good: Report, poor: Report
) -> None:
    [broken] = [pairing for pairing in compare(good, poor) if pairing.first.label == "markup"]

    assert (broken.first.value, broken.second.value) == (0, 0.5)
    assert broken.mark is Mark.WORSE


def test_the_terminal_shows_both_values_and_the_mark(good: Report, poor: Report) -> None:
    lines = list(comparison_lines(good, poor))

    [line] = [line for line in lines if "first try" in line]
    assert line.split() == ["▼", "first", "try", "100", "%", "0", "%"]


def test_the_page_shows_both_values_and_the_mark(good: Report, poor: Report) -> None:
    page = Page(comparison_page(good, poor))

    assert ["first try", "100 %", "0 %", "", "▼ worse"] in page.rows
    assert page.addresses == []


def test_the_command_writes_the_page(good: Report, poor: Report, tmp_path: Path) -> None:
    write_report(good, tmp_path / "a")
    write_report(poor, tmp_path / "b")
    files = [str(tmp_path / name / "report.json") for name in "ab"]

    assert main(["compare", *files, "--out", str(tmp_path)]) == 0
    assert "What changed?" in (tmp_path / "compare.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", [None, "{}", "no json"])
def test_a_file_that_is_no_report_is_refused_with_a_sentence(
    content: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")

    assert main(["compare", str(file), str(file)]) == 2
    assert capsys.readouterr().err.startswith("Cannot compare: ")
