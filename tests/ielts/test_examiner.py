"""The examiner names a topic as one names it to a candidate."""

from __future__ import annotations

import pytest

from shared.ielts.examiner import introduce_discussion, introduce_frame
from shared.ielts.models import Discussion, InterviewFrame, Theme

QUESTIONS = ["Do you like it?", "How often do you see it?", "Was it new?", "Would you miss it?"]


def frame(topic: str) -> InterviewFrame:
    return InterviewFrame(topic=topic, questions=QUESTIONS)


def discussion(topic: str) -> Discussion:
    theme = Theme(theme="Change", questions=QUESTIONS[:3])
    return Discussion(topic=topic, themes=[theme, theme])


@pytest.mark.parametrize(
    ("typed", "said"),
    [("kites", "kites"), ("my brother and me", "your brother and you"), ("mystery", "mystery")],
)
def test_what_is_mine_to_the_candidate_is_yours_to_the_examiner(typed: str, said: str) -> None:
    assert introduce_frame(frame(typed)) == f"Let us turn to the topic of {said}."
    assert f"telling me about {said}." in introduce_discussion(discussion(typed), "Change")


def test_a_question_typed_for_a_topic_is_not_read_out_as_one() -> None:
    typed = "why do people travel?"

    assert introduce_frame(frame(typed)) == "Let us turn to another topic."
    assert typed not in introduce_discussion(discussion(typed), "Change")
