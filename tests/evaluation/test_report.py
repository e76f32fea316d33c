from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.evaluation.conftest import banked, card, discussion, frame, report_of, written
from tests.evaluation.page import Page
from tools.evaluation.records import Report, Unit
from tools.evaluation.report import read_report, report_page, shown, write_report

if TYPE_CHECKING:
    from pathlib import Path


def test_the_page_is_well_formed_and_fetches_nothing() -> None:
    page = Page(report_page(report_of(written(frame()), written(card()), written(discussion()))))

    assert page.addresses == []
    assert "script" not in page.tags


def test_the_samples_are_there_to_read() -> None:
    page = Page(report_page(report_of(written(frame()), written(card()), written(discussion()))))

    assert len(page.samples) == 3
    for text in ("Do you often sit outside?", "what grows there", "Will gardens be smaller"):
        assert text in " ".join(page.samples)


def test_at_most_ten_samples_of_a_part_are_shown() -> None:
    assert len(Page(report_page(report_of(*[written(frame())] * 12))).samples) == 10


def test_what_a_model_wrote_is_escaped() -> None:
    hostile = frame("<script>alert(1)</script>", topic="</style><img src=x onerror=alert(1)>")
    html = report_page(report_of(written(hostile, broken_rules=("<b>rule",), model="<i>m")))
    page = Page(html)

    assert "<script>" not in html
    assert {"img", "script", "i"}.isdisjoint(page.tags)
    assert "<script>alert(1)</script>" in page.samples[0]


def test_a_rule_that_was_broken_is_explained() -> None:
    page = Page(report_page(report_of(written(frame(), repairs=1, broken_rules=("frame-size",)))))

    assert [
        "frame-size",
        "A Part 1 frame without exactly four questions.",
        "rejects",
        "1",
    ] in page.rows


def test_a_part_that_the_model_gave_nothing_for_says_so() -> None:
    page = Page(report_page(report_of(written(frame()), banked(card()))))

    assert page.text.count("The model delivered nothing here") == 1


def test_a_report_that_was_written_can_be_read_again(tmp_path: Path) -> None:
    report: Report = report_of(written(frame()), banked(card()))
    write_report(report, tmp_path)

    assert read_report(tmp_path / "report.json") == report


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.256, Unit.SHARE, "26 %"),
        (0.003, Unit.SHARE, "0.3 %"),
        (0.0997, Unit.SHARE, "10 %"),
        (0.0, Unit.SHARE, "0 %"),
        (0.5, Unit.PER_QUESTION, "0.50"),
        (1530, Unit.MILLISECONDS, "1.53 s"),
        (1200, Unit.TOKENS, "1,200"),
        (2.5, Unit.WORDS, "2.5"),
    ],
)
def test_figures_are_shown_as_people_write_them(value: float, unit: Unit, text: str) -> None:
    assert shown(value, unit) == text
