"""Small sets of records, and evaluations run against a real server."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from shared.generation.spec import Source
from shared.ielts.models import CueCard, Discussion, InterviewFrame, LongTurn, Theme
from shared.settings import Settings
from tests.support.stand_in import DEPLOYMENT, KEY, StandIn
from tools.evaluation.__main__ import main
from tools.evaluation.measure import find_twins, measure
from tools.evaluation.records import Record, Report, Run
from tools.evaluation.report import read_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shared.ielts.models import Question

Evaluate = Callable[..., Report]


def frame(*questions: str, topic: str = "gardens") -> InterviewFrame:
    """A frame; further questions make up the four."""
    more = ("Do you often sit outside?", "Is your garden big?", "Who waters it?", "When is it wet?")
    return InterviewFrame(topic=topic, questions=[*questions, *more][:4])


def card(describe: str = "Describe a garden that you like.") -> LongTurn:
    cue_card = CueCard(
        describe=describe,
        bullets=["where it is", "who looks after it", "what grows there"],
        closing="and explain why you like this garden.",
    )
    return LongTurn(topic="gardens", cue_card=cue_card, rounding_off=["Do you go there often?"])


def discussion(*questions: str) -> Discussion:
    """A discussion; further questions make up the six."""
    more = (
        "What kinds of plants are popular in your country?",
        "Do you think children should learn to grow food? Why?",
        "How can towns make room for more parks?",
        "Why do some people prefer a balcony to a garden?",
        "Will gardens be smaller in the future?",
        "Are parks more crowded now than in the past?",
    )
    six = [*questions, *more][:6]
    themes = [Theme(theme="Plants", questions=six[:3]), Theme(theme="Parks", questions=six[3:])]
    return Discussion(topic="gardens", themes=themes)


def written(item: Question, **changes: object) -> Record:
    """A record of an item that the model wrote at first try."""
    return Record.model_validate(
        {"item": item, "source": Source.MODEL, "model": "a-model", "requests": 1, **changes}
    )


def banked(item: Question, reason: str | None = "timeout") -> Record:
    """A record of an item that came from the bank."""
    return Record(item=item, source=Source.BANK, reason=reason)


def report_of(*records: Record) -> Report:
    run = Run(
        made_at="2026-11-22 10:00",
        version="0",
        prompt_version="1",
        model="a-model",
        asked_a_model=True,
        items_per_part=len(records),
        seed=1,
        concurrency=1,
        deadline_seconds=5,
    )
    twins = find_twins(records)
    return Report(run=run, figures=measure(records, twins), twins=twins, records=records)


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with StandIn() as stand_in:
        yield stand_in


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No model in the environment, and no `.env` of a developer."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setitem(Settings.model_config, "env_file", None)


@pytest.fixture
def evaluate(tmp_path: Path) -> Evaluate:
    """Evaluate the bank, three items of each part unless told otherwise."""

    def run(items: int = 3, *more: str) -> Report:
        assert main(["run", "--items", str(items), "--out", str(tmp_path), *more]) == 0
        return read_report(tmp_path / "report.json")

    return run


@pytest.fixture
def evaluate_model(
    evaluate: Evaluate, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> Evaluate:
    """Evaluate the stand-in, by the real SDK over real HTTP."""
    monkeypatch.setenv("AZURE_OPENAI_ENDPOINT", stand_in.url)
    monkeypatch.setenv("AZURE_OPENAI_DEPLOYMENT", DEPLOYMENT)
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", KEY)
    return evaluate
