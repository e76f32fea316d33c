"""Whole evaluations: the bank alone, and a model by the real SDK over real HTTP."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from shared.ielts.bank.matching import entries
from shared.ielts.models import Part
from tests.evaluation.page import Page
from tests.support.stand_in import behaviours
from tools.evaluation.__main__ import main
from tools.evaluation.collect import Plan
from tools.evaluation.measure import outcome
from tools.evaluation.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from tests.evaluation.conftest import Evaluate
    from tests.support.stand_in import StandIn
    from tools.evaluation.records import Report


def outcomes(report: Report) -> Counter[str]:
    return Counter(outcome(record) for record in report.records)


def test_without_a_model_the_bank_is_evaluated(
    evaluate: Evaluate, capsys: pytest.CaptureFixture[str]
) -> None:
    report = evaluate(3)

    assert outcomes(report) == {"from the bank": 9}
    assert not report.run.asked_a_model
    assert "No model is configured" in capsys.readouterr().err


@pytest.mark.parametrize("part", Part)
def test_the_bank_alone_gives_no_entry_twice(part: Part) -> None:
    choices = Plan(1000, seed=1, concurrency=1).choices(part, bank_alone=True)

    assert len(choices) == len({choice.entry.id for choice in choices}) == len(entries(part))


def test_a_model_that_answers_well_is_accepted_at_first_try(
    evaluate_model: Evaluate, tmp_path: Path
) -> None:
    report = evaluate_model(3)

    assert outcomes(report) == {"first try": 9}
    assert all(record.prompt_tokens > 0 and record.latency_ms > 0 for record in report.records)
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert "The model wrote 9 of 9 items" in page.text


def test_garbage_shows_as_repairs_and_bank_answers(
    evaluate_model: Evaluate, stand_in: StandIn, tmp_path: Path
) -> None:
    bad, good = behaviours.garbage("markdown"), behaviours.ok()
    stand_in.script([bad, good, bad, bad])

    report = evaluate_model(2, "--concurrency", "1")

    assert outcomes(report) == {"first try": 4, "after repair": 1, "from the bank": 1}
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert "Part 1: rejected_by_rules, 1 of 2" in page.text
    [markup] = [row for row in page.rows if row[:1] == ["markup"]]
    assert markup[3] == "2"


def test_every_way_of_garbage_leaves_a_whole_report(
    evaluate_model: Evaluate, stand_in: StandIn, tmp_path: Path
) -> None:
    stand_in.behaviour = "garbage"

    report = evaluate_model(10)

    assert len(report.records) == 30
    assert outcomes(report)["from the bank"] > 15
    assert "<script>" not in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_topic_that_the_content_filter_refuses_is_a_bank_answer_with_its_reason(
    evaluate_model: Evaluate, stand_in: StandIn
) -> None:
    stand_in.behaviour = "content_filter_prompt"

    report = evaluate_model(1)

    assert {record.reason for record in report.records} == {"content_filter"}


def test_no_more_items_are_written_at_once_than_allowed(
    evaluate_model: Evaluate, stand_in: StandIn
) -> None:
    stand_in.behaviour = behaviours.latency(0.5)

    evaluate_model(4, "--concurrency", "2")

    assert stand_in.max_in_flight == 2


def test_the_same_seed_gives_the_same_topics(evaluate: Evaluate) -> None:
    first, again, other = (evaluate(5, "--seed", seed) for seed in ("7", "7", "8"))

    assert [r.item for r in first.records] == [r.item for r in again.records]
    assert [r.item for r in first.records] != [r.item for r in other.records]


def test_topics_come_up_again_once_the_catalogue_is_through() -> None:
    total = len(entries(Part.INTERVIEW))
    topics = [c.topic for c in Plan(total + 5, 1, 1).choices(Part.INTERVIEW, bank_alone=False)]

    assert len(topics) == total + 5
    assert set(topics[total:]) <= set(topics[:total])


def test_neither_key_nor_address_is_in_the_report(
    evaluate_model: Evaluate, stand_in: StandIn, tmp_path: Path
) -> None:
    evaluate_model(1)

    for name in ("report.json", "report.html"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "stand-in-key" not in text
        assert stand_in.url not in text


def test_wrong_settings_are_listed_and_nothing_runs(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "https://models.example/v1")

    assert main(["run", "--out", str(tmp_path)]) == 2
    assert "OPENAI_MODEL" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


class Terminal(io.StringIO):
    @override
    def isatty(self) -> bool:
        return True


def test_progress_is_a_bar_on_a_terminal() -> None:
    terminal = Terminal()
    progress = Progress(2, terminal)

    progress.advance()
    progress.advance()

    first, second = terminal.getvalue().split("\r")[1:]
    assert first.startswith("█" * 15 + "░" * 15 + " 1/2 items")
    assert second.startswith("█" * 30 + " 2/2 items")


def test_progress_is_ten_lines_elsewhere() -> None:
    log = io.StringIO()
    progress = Progress(200, log)

    for _ in range(200):
        progress.advance()

    assert [line.split()[0] for line in log.getvalue().splitlines()][-2:] == ["180/200", "200/200"]
    assert log.getvalue().count("\n") == 10
