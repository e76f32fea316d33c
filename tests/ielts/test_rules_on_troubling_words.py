"""Words that are fair one by one lead together to what embarrasses or upsets."""

from __future__ import annotations

from collections import Counter

import pytest

from shared.ielts.rulebook.lexicon import lines_of
from shared.ielts.rules import (
    check_cue_card,
    check_discussion_question,
    check_interview_question,
    rejected,
)

CLOSING = "and explain how you felt about it."


def troubles(text: str) -> bool:
    findings = check_interview_question(text)
    return any(finding.rule == "troubling-words" for finding in findings)


@pytest.mark.parametrize(
    "text",
    [
        "Which of your uncles was locked away?",
        "Has your brother been forced to do something shameful?",
        "Could you hear a terrified woman scream?",
        "Did your aunt lie about a pregnancy?",
        "What made the widows of your village so desperate?",
    ],
)
def test_two_fields_of_trouble_in_one_question_are_too_many(text: str) -> None:
    assert troubles(text)


@pytest.mark.parametrize(
    "text",
    [
        "Are you afraid of the dark?",
        "Did you hide from your brothers and sisters in games?",
        "Do you get frightened on a bridge?",
        "Which of your relatives do you look like?",
        "Is there a clinic near your home?",
        "Do you like stories about haunted castles?",
        "Do you keep in touch with your cousins?",
    ],
)
def test_one_of_them_is_fine(text: str) -> None:
    assert not rejected(check_interview_question(text))


@pytest.mark.parametrize(
    "text",
    [
        "Why do men and women choose different jobs?",
        "Should a company be punished for waste?",
        "Why do teenagers quarrel with their parents?",
        "Do you think people trust their doctors?",
        "Why do we blame others for our mistakes?",
        "What can make a child feel guilty?",
        "Do husbands and wives share the cooking these days?",
        "Why do some people fear the police?",
    ],
)
def test_general_questions_near_them_pass(text: str) -> None:
    assert not rejected(check_discussion_question(text))


@pytest.mark.parametrize(
    "text",
    ["Does a doctor's voice make you panic?", "Have you ever begged for a bandage?"],
)
def test_slight_words_from_two_fields_are_too_many_to_ask_the_candidate(text: str) -> None:
    assert troubles(text)


def test_slight_words_from_two_fields_are_fine_of_people_in_general() -> None:
    assert not rejected(check_discussion_question("Why do some patients panic before a scan?"))


def test_a_card_is_weighed_as_a_whole() -> None:
    bullets = ["who this person is", "what he or she hid from you", "who told you about it"]
    findings = check_cue_card("Describe a person you are ashamed of.", bullets, CLOSING)

    assert "troubling-words" in {finding.rule for finding in findings}


@pytest.mark.parametrize(
    ("describe", "bullets"),
    [
        (
            "Describe an argument you had with a relative.",
            ["who it was with", "what you argued about", "how it ended"],
        ),
        (
            "Describe a time when you forgave a friend.",
            ["who it was", "what he or she had done", "what you said"],
        ),
        (
            "Describe a secret you once kept.",
            ["who told you", "what it was about", "how long you kept it"],
        ),
        (
            "Describe a film that made you cry.",
            ["what it was about", "who died in it", "who you saw it with"],
        ),
    ],
)
def test_cards_on_everyday_troubles_pass(describe: str, bullets: list[str]) -> None:
    findings = check_cue_card(describe, bullets, CLOSING)

    assert "troubling-words" not in {finding.rule for finding in findings}


def test_a_word_stands_in_one_field() -> None:
    words = Counter(
        word for line in lines_of("troubling") for word in line.partition(": ")[2].split()
    )

    assert [word for word, count in words.items() if count > 1] == []
