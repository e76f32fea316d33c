"""Texts that agree, make sense and belong together pass; others do not."""

from __future__ import annotations

import pytest

from shared.ielts.rules import (
    Finding,
    check_cue_card,
    check_discussion_question,
    check_interview_question,
    check_topic,
    rejected,
)


def rejecting(findings: list[Finding]) -> set[str]:
    return {finding.rule for finding in findings if rejected([finding])}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Did you went there because it was more better than home?", "ungrammatical"),
        ("Do the weather was more nicer where did you went last year?", "ungrammatical"),
        ("What colour is your patience on Sundays?", "senseless"),
        ("Do you iron your happiness before work?", "senseless"),
    ],
)
def test_a_question_that_no_speaker_of_english_asks_is_rejected(text: str, rule: str) -> None:
    assert rule in rejecting(check_interview_question(text))


@pytest.mark.parametrize(
    "text",
    [
        "What colour is your favourite coat?",
        "Do you iron your clothes before work?",
        "Does your family eat together at weekends?",
        "Who do you usually go shopping with?",
        "When you were a child, did you have a hobby?",
        "Is there anything that you would like to change about your street?",
    ],
)
def test_everyday_questions_of_a_similar_form_pass(text: str) -> None:
    assert rejecting(check_interview_question(text)) == set()


@pytest.mark.parametrize(
    "text",
    [
        "How much are you paid for your job each month?",
        "Do you owe anybody money at the moment?",
        "Do you ever gamble with your friends?",
        "Have the police ever arrested you?",
        "Did your father hit you when you were small?",
        "Have you ever thought about killing yourself?",
    ],
)
def test_what_touches_the_candidates_purse_record_or_wounds_is_rejected(text: str) -> None:
    assert "avoided-subject" in rejecting(check_interview_question(text))


@pytest.mark.parametrize(
    "text",
    [
        "Should rich people pay more tax than others?",
        "Why do some people find it hard to save money?",
        "How can the police make a city safer?",
        "Is it right that sports stars earn so much?",
        "What can be done to keep young people away from crime?",
    ],
)
def test_money_and_crime_in_general_pass_in_part_3(text: str) -> None:
    assert rejecting(check_discussion_question(text)) == set()


@pytest.mark.parametrize("topic", ["betting on horses", "domestic violence", "divorce"])
def test_such_a_subject_is_no_topic(topic: str) -> None:
    assert rejecting(check_topic(topic))


@pytest.mark.parametrize(
    ("describe", "bullets", "closing"),
    [
        (
            "Describe a teacher who helped you.",
            ["what it is made of", "where you bought it", "how much it cost"],
            "and explain why you still use this teacher",
        ),
        (
            "Describe a film that made you laugh.",
            ["what ingredients it needs", "how long it takes to cook", "who taught you to make it"],
            "and explain why you enjoy this dish",
        ),
    ],
)
def test_a_card_with_the_lines_of_another_is_rejected(
    describe: str, bullets: list[str], closing: str
) -> None:
    assert "card-foreign-lines" in rejecting(check_cue_card(describe, bullets, closing))


def test_a_card_that_asks_the_same_in_other_words_is_rejected() -> None:
    bullets = ["when you visited it", "on what date you visited it", "at what time you visited it"]
    described, closing = "Describe a garden that you like.", "and explain why you like it"
    found = check_cue_card(described, bullets, closing)
    assert "card-repeats" in rejecting(found)


@pytest.mark.parametrize(
    ("describe", "bullets", "closing"),
    [
        (
            "Describe a meal that you enjoyed with other people.",
            ["who cooked it", "where the restaurant or house was", "what the people talked about"],
            "and explain why you remember this meal",
        ),
        (
            "Describe a present that somebody gave you.",
            ["who this person was", "what the occasion was", "what the present looked like"],
            "and explain how you felt when you opened it",
        ),
    ],
)
def test_a_card_may_name_what_belongs_to_its_subject(
    describe: str, bullets: list[str], closing: str
) -> None:
    assert rejecting(check_cue_card(describe, bullets, closing)) == set()


def test_part_3_may_put_a_claim_and_ask_whether_and_why() -> None:
    text = (
        "Some people say that long holidays make children forget what they have learned. "
        "Do you agree or disagree? Why?"
    )
    assert rejecting(check_discussion_question(text)) == set()


def test_a_short_question_that_points_back_is_no_third_question() -> None:
    text = "What rules do families have? Are there any rules that children make? What are they?"
    assert rejecting(check_discussion_question(text)) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Why do some people prefer to read on paper rather than on a screen at home?",
        "Why do some people dislike getting up early on a free day?",
    ],
)
def test_a_frame_may_ask_what_others_like(text: str) -> None:
    assert rejecting(check_interview_question(text)) == set()


def test_a_bullet_may_end_with_choose_between() -> None:
    bullets = ["when it was", "what you had to choose between", "who helped you"]
    found = check_cue_card("Describe a hard choice that you made.", bullets, "and explain why")
    assert "cut-off" not in rejecting(found)


def test_a_card_may_be_about_giving_an_opinion() -> None:
    bullets = ["who asked you", "why you were asked to give your opinion", "what you said"]
    described, closing = (
        "Describe a time when you were asked for advice.",
        "and explain how it went",
    )
    assert rejecting(check_cue_card(described, bullets, closing)) == set()


@pytest.mark.parametrize(
    "text",
    [
        "What did the flood victims in the north need most of all?",
        "How do extremists find new members among young people?",
        "Using the chart below, describe how train travel has changed.",
        "How fond are you of cooking, from 1 to 10?",
    ],
)
def test_victims_extremists_charts_and_scales_are_rejected_in_part_3(text: str) -> None:
    assert rejecting(check_discussion_question(text))
