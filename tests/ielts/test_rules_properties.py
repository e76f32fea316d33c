"""What holds for any text whatever: no rule raises, nothing is random, trivia decides nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.ielts.rulebook.reading import Reading
from shared.ielts.rulebook.wordings import Wordings
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


def test_a_wording_must_have_a_word_to_look_for() -> None:
    text = Reading("anything")
    with pytest.raises(ValueError, match="no word is sure"):
        Wordings([".*anything"]).find(text)
    with pytest.raises(ValueError, match="does not end"):
        Wordings(["(?:a|b"]).find(text)


@pytest.mark.parametrize(
    ("wording", "text"),
    [
        ("(?:in|at) (?:a |the )?(?:\\w+ )?bars?", "we met in the old bars there"),
        ("out ?weigh\\w*", "it outweighs that"),
        ("gpt-?\\d\\w*", "ask gpt4o now"),
        ("band \\d", "a band \u0667 answer"),
        ("\\d+ ?% of \\d+", "what is 15% of 80"),
        ("far\\Wright", "the far-right"),
        ("^yes\\b[^?]*$", "(yes of course)"),
        ("(?:as )?(?:a|b)[12]", "a word at b2"),
        ("should .{0,60}\\b(?:banned|taxed)", "it should be taxed"),
    ],
)
def test_a_wording_is_found_by_the_words_that_it_needs(wording: str, text: str) -> None:
    assert Wordings([wording]).find(Reading(text))
    assert Wordings([wording]).find(Reading("something else")) is None
