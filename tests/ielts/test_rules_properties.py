"""What holds for any text whatever: no rule raises, nothing is random, trivia decides nothing."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from shared.ielts.rules import (
    check_cue_card,
    check_discussion_question,
    check_interview_question,
    check_rounding_off,
    check_topic,
    rejected,
)

DATA = Path(__file__).parent / "data"
LINES = (DATA / "authentic.jsonl").read_text(encoding="utf-8").splitlines()
QUESTIONS = [item["text"] for line in LINES if (item := json.loads(line))["part"] == 1]
PIECES = ["do you", "what", "?", " ", "the", "[Why?]", "(", "a)", "and", ".", "Paris", "\n", "of"]

anything = st.text(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)


@given(anything)
def test_no_text_makes_a_rule_raise_and_findings_are_the_same_each_time(text: str) -> None:
    for check in (
        check_interview_question,
        check_discussion_question,
        check_rounding_off,
        check_topic,
    ):
        assert check(text) == check(text)


@given(anything, st.lists(anything, max_size=6), anything)
def test_no_card_makes_a_rule_raise(describe: str, bullets: list[str], closing: str) -> None:
    assert check_cue_card(describe, bullets, closing) == check_cue_card(describe, bullets, closing)


@given(st.sampled_from(QUESTIONS), st.sampled_from(["", " ", "\n", "  "]))
def test_spaces_and_a_small_start_do_not_change_the_verdict(question: str, space: str) -> None:
    spread = space + question.replace(" ", "  ") + space
    assert not rejected(check_interview_question(spread))
    assert not rejected(check_interview_question(question[0].lower() + question[1:]))
