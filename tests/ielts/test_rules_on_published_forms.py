"""Forms that published questions have, and that rules against other tasks let pass."""

from __future__ import annotations

import pytest

from shared.ielts.rules import (
    Finding,
    check_cue_card,
    check_discussion_question,
    check_interview_question,
    rejected,
)


def rejecting(findings: list[Finding]) -> set[str]:
    return {finding.rule for finding in findings if rejected([finding])}


def test_part_3_may_put_a_claim_and_ask_whether_and_why() -> None:
    text = (
        "Some people say that long holidays make children forget what they have learned. "
        "Do you agree or disagree? Why?"
    )
    assert rejecting(check_discussion_question(text)) == set()


def test_part_3_may_put_a_fact_and_ask_whether_it_is_good() -> None:
    text = (
        "In many towns small shops are closing because people buy clothes online. "
        "Do you think that is a good or a bad thing?"
    )
    assert rejecting(check_discussion_question(text)) == set()


def test_part_3_may_put_two_short_views_and_ask_for_a_third() -> None:
    text = (
        "Some people think that working at night is more peaceful. "
        "Others think it makes you tired and lonely. What is your opinion?"
    )
    assert rejecting(check_discussion_question(text)) == set()


@pytest.mark.parametrize(
    "text",
    [
        "What kinds of tools do you have at home (for example, a hammer or a drill)?",
        "What do you usually read [before you go to sleep]?",
        "Which is more important to you, how a lamp looks or how bright it is?",
    ],
)
def test_part_1_may_say_what_kind_of_answer_it_means(text: str) -> None:
    assert rejecting(check_interview_question(text)) == set()


def test_a_short_question_that_points_back_is_no_third_question() -> None:
    text = "What rules do families have? Are there any rules that children make? What are they?"
    assert rejecting(check_discussion_question(text)) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Why do some people prefer to read on paper rather than on a screen at home?",
        "Why do some people dislike getting up early on a free day?",
        "Should schools show children how to mend clothes?",
        "Do you prefer walking in urban areas or rural areas?",
    ],
)
def test_a_frame_may_ask_what_others_like_or_should_learn(text: str) -> None:
    assert rejecting(check_interview_question(text)) == set()


def test_a_bullet_may_end_with_choose_between() -> None:
    bullets = ["when it was", "which two rooms you could choose between", "who helped you"]
    found = check_cue_card("Describe a room in which you once lived.", bullets, "and explain why")
    assert "cut-off" not in rejecting(found)


def test_a_line_of_a_card_may_be_about_giving_ones_views() -> None:
    bullets = [
        "who asked you",
        "how often you are asked to give your views on food",
        "what you say",
    ]
    described, closing = "Describe a friend who likes your cooking.", "and explain how it feels"
    assert rejecting(check_cue_card(described, bullets, closing)) == set()


@pytest.mark.parametrize(
    "describe",
    [
        "Describe an evening when a friend cooked for you and you were surprised by that",
        "Describe a person you know who repairs things (e.g. clocks/lamps/shoes etc.)",
        "Describe a garden you sat in and a game you played there",
    ],
)
def test_a_remembered_describe_line_may_be_long_winded(describe: str) -> None:
    bullets = ["when it was", "who was with you", "what you talked about"]
    assert rejecting(check_cue_card(describe, bullets, "and explain how you felt")) == set()


def test_a_line_may_ask_what_something_is_like_and_another_what_one_likes() -> None:
    described = "Describe a teacher whose lessons you enjoy and who talks to you"
    bullets = ["who it is", "what his or her lessons are like", "what you like to talk about"]
    assert rejecting(check_cue_card(described, bullets, "and explain how it helps you")) == set()


def test_a_line_may_ask_why_a_rule_should_be_followed() -> None:
    bullets = ["what rule it would be", "why people should follow it", "whom it would help"]
    found = check_cue_card("Describe a rule you would make.", bullets, "and explain how you feel")
    assert rejecting(found) == set()


def test_part_1_may_say_your_of_all_that_it_compares() -> None:
    text = "Do you usually spend your birthday with your cousins or with your neighbours?"
    assert rejecting(check_interview_question(text)) == set()


def test_part_3_may_ask_whether_a_trend_is_good() -> None:
    text = "Do you think the return of long train journeys is a positive trend?"
    assert rejecting(check_discussion_question(text)) == set()


@pytest.mark.parametrize(
    "text", ["Please describe your usual free weekend.", "Describe the school you study at."]
)
def test_part_1_may_ask_by_describe_for_what_it_is_about(text: str) -> None:
    assert rejecting(check_interview_question(text)) == set()


@pytest.mark.parametrize(
    "text",
    ["Why do some people find it hard to socialise?", "Do you think letters will die one day?"],
)
def test_part_3_may_ask_about_company_and_about_customs_that_die(text: str) -> None:
    assert rejecting(check_discussion_question(text)) == set()


def test_a_present_may_be_money() -> None:
    described = "Describe a time when you were given some money on your birthday"
    bullets = ["how old you were", "who gave you money", "what you bought with it"]
    found = check_cue_card(described, bullets, "and explain how you felt about it")
    assert rejecting(found) == set()


def test_a_word_at_the_head_of_a_second_sentence_is_no_title() -> None:
    text = "Whose advice do teenagers follow more often? Friends' or parents'?"
    assert rejecting(check_discussion_question(text)) == set()
