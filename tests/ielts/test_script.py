"""The steps of a test take as long as those of the exam."""

from __future__ import annotations

import pytest

from shared.ielts.bank.entries import frames, topic_sets
from shared.ielts.models import Discussion, InterviewFrame, LongTurn, Part
from shared.ielts.script import ScriptStep, script


@pytest.fixture
def steps() -> list[ScriptStep]:
    """A test of the bank's."""
    frame = frames()["home"][0].item(Part.INTERVIEW)
    topic_set = topic_sets()["home"][0]
    long_turn, discussion = topic_set.item(Part.LONG_TURN), topic_set.item(Part.DISCUSSION)
    assert isinstance(frame, InterviewFrame)
    assert isinstance(long_turn, LongTurn)
    assert isinstance(discussion, Discussion)
    return script([frame] * 3, long_turn, discussion)


def minutes(steps: list[ScriptStep]) -> tuple[float, float]:
    """The least and the most that the steps take."""
    return sum(step.seconds[0] for step in steps) / 60, sum(step.seconds[1] for step in steps) / 60


def test_a_test_takes_11_to_14_minutes(steps: list[ScriptStep]) -> None:
    assert minutes(steps) == (11, 14)


@pytest.mark.parametrize(("part", "least", "most"), [(1, 4, 5), (2, 3, 4), (3, 4, 5)])
def test_each_part_takes_its_minutes(
    steps: list[ScriptStep], part: int, least: int, most: int
) -> None:
    assert minutes([step for step in steps if step.part == part]) == (least, most)


def test_each_step_takes_its_seconds(steps: list[ScriptStep]) -> None:
    assert [(step.kind, step.seconds) for step in steps] == [
        ("introduction", (30, 30)),
        ("frame", (70, 90)),
        ("frame", (70, 90)),
        ("frame", (70, 90)),
        ("card", (20, 20)),
        ("preparation", (60, 60)),
        ("talk", (60, 120)),
        ("rounding_off", (40, 40)),
        ("theme", (115, 145)),
        ("theme", (115, 145)),
        ("closing", (10, 10)),
    ]
