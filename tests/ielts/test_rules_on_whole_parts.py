"""Whole parts: number, repetition, place of a finding, and a Part 3 that belongs to its Part 2."""

from __future__ import annotations

import pytest

from shared.ielts.models import CueCard, Discussion, InterviewFrame, LongTurn, Question, Theme
from shared.ielts.rules import Finding, check_belongs, check_cue_card, check_question, rejected
from tests.support.garbage import garbage_of

FRAME = [
    "Do you have many lamps at home?",
    "What kind of light do you like to read by? [Why?]",
    "When do you usually switch on the light?",
    "Would you like to make a lamp one day? [Why/Why not?]",
]
LONG_TURN = LongTurn(
    topic="a lamp you own",
    cue_card=CueCard(
        describe="Describe a lamp that you own.",
        bullets=["what it looks like", "where you bought it", "when you use it"],
        closing="and explain why you like it.",
    ),
    rounding_off=["Do your friends like it?", "Was it expensive?"],
)
LIGHTING = Discussion(
    topic="a lamp you own",
    themes=[
        Theme(
            theme="Light at home",
            questions=[
                "What kinds of lamps are popular in your country?",
                "Why do some people leave the lights on all night?",
                "Do you think homes will need less light in the future?",
            ],
        ),
        Theme(
            theme="Light in the street",
            questions=[
                "How well are streets lit where most people live?",
                "Should shops switch off their windows at midnight?",
                "How does a dark street change the way people behave?",
            ],
        ),
    ],
)


def frame(questions: list[str]) -> InterviewFrame:
    return InterviewFrame.model_construct(part=1, topic="lamps", questions=questions)


def discussion(first: list[str], second: list[str], theme: str = "Light") -> Discussion:
    return Discussion.model_construct(
        part=3,
        topic="lamps",
        themes=[
            Theme.model_construct(theme=theme, questions=first),
            Theme.model_construct(theme="Dark", questions=second),
        ],
    )


def found(findings: list[Finding]) -> set[tuple[str, str]]:
    return {(finding.rule, finding.where) for finding in findings}


def test_a_frame_may_end_with_one_question_on_people_in_general_and_has_no_two() -> None:
    general = [
        "Why do young people in big cities so often sit in the dark?",
        "How can schools get more children to draw by candle light?",
    ]
    assert not rejected(check_question(frame([*FRAME[:3], general[0]])))
    assert ("impersonal-frame", "questions") in found(check_question(frame([*FRAME[:2], *general])))


def test_sound_parts_have_no_finding() -> None:
    assert check_question(frame(FRAME)) == []
    assert check_question(LONG_TURN) == []
    assert check_question(LIGHTING) == []
    assert check_belongs(LIGHTING, LONG_TURN) == []


@pytest.mark.parametrize("part", [frame(FRAME), LONG_TURN, LIGHTING])
def test_a_check_leaves_nothing_behind_that_has_to_be_looked_for(part: Question) -> None:
    assert garbage_of(lambda: check_question(part)) == 0


def test_a_card_of_ours_has_three_bullets_and_then_its_closing_line() -> None:
    bullets = [*LONG_TURN.cue_card.bullets, "why you like it"]
    card = LONG_TURN.cue_card.model_copy(update={"bullets": bullets, "closing": ""})
    assert rejected(check_question(LONG_TURN.model_copy(update={"cue_card": card})))


@pytest.mark.parametrize("bullet", ["what is it", "was it expensive", "what it is?"])
def test_a_card_of_ours_has_no_bullet_that_asks(bullet: str) -> None:
    card = LONG_TURN.cue_card.model_copy(update={"bullets": [bullet, "where it is", "who made it"]})
    assert not rejected(check_cue_card(card.describe, card.bullets, card.closing))
    assert rejected(check_question(LONG_TURN.model_copy(update={"cue_card": card})))


@pytest.mark.parametrize("closing", ["and what do you think of it", "and explain why you like it?"])
def test_a_card_of_ours_has_no_closing_line_that_asks(closing: str) -> None:
    card = LONG_TURN.cue_card.model_copy(update={"closing": closing})
    assert not rejected(check_cue_card(card.describe, card.bullets, card.closing))
    assert rejected(check_question(LONG_TURN.model_copy(update={"cue_card": card})))


def test_a_frame_has_four_questions() -> None:
    assert ("frame-size", "questions") in found(check_question(frame(FRAME[:3])))


def test_a_finding_says_where_it_is() -> None:
    questions = [*FRAME[:3], "Should the government sell lamps to you?"]
    assert ("societal-part-1", "questions[3]") in found(check_question(frame(questions)))
    spoilt = LONG_TURN.cue_card.model_copy(
        update={"bullets": ["what it is", "Was it cheap?", "who made it"]}
    )
    findings = check_question(LONG_TURN.model_copy(update={"cue_card": spoilt}))
    assert ("bullet-question", "cue_card.bullets[1]") in found(findings)


def test_a_question_asked_twice_rejects_and_one_nearly_so_warns() -> None:
    twice = check_question(frame([*FRAME[:3], "Do you have many lamps at your home?"]))
    assert ("repeated-question", "questions[3]") in found(twice)
    alike = check_question(frame([*FRAME[:3], "When do you usually switch off the radio?"]))
    assert ("similar-questions", "questions[3]") in found(alike)
    assert not rejected(alike)


def test_a_discussion_has_two_themes_of_three() -> None:
    questions = LIGHTING.themes[0].questions
    findings = check_question(discussion(questions[:2], LIGHTING.themes[1].questions))
    assert ("discussion-size", "themes") in found(findings)


def test_the_title_of_a_theme_is_checked_too() -> None:
    findings = check_question(
        discussion(LIGHTING.themes[0].questions, LIGHTING.themes[1].questions, "Wine")
    )
    assert ("avoided-subject", "themes[0].theme") in found(findings)


def test_what_passes_in_a_remembered_card_does_not_in_ours() -> None:
    four = CueCard.model_construct(
        describe=LONG_TURN.cue_card.describe,
        bullets=[*LONG_TURN.cue_card.bullets, "how much it cost"],
        closing=LONG_TURN.cue_card.closing,
    )
    assert rejected(check_question(LONG_TURN.model_copy(update={"cue_card": four})))
    turned = LONG_TURN.cue_card.model_copy(
        update={"bullets": ["what is it", "where you bought it", "when you use it"]}
    )
    assert rejected(check_question(LONG_TURN.model_copy(update={"cue_card": turned})))


def test_a_long_turn_has_one_or_two_rounding_off_questions() -> None:
    bare = LONG_TURN.model_copy(update={"rounding_off": []})
    assert ("rounding-off-size", "rounding_off") in found(check_question(bare))


def test_long_words_are_a_warning_on_the_set() -> None:
    heavy = ["How do organisations communicate responsibility internationally?"] * 3
    findings = check_question(discussion(heavy, LIGHTING.themes[1].questions))
    assert ("long-words", "") in found(findings)


def test_a_discussion_of_something_else_is_rejected() -> None:
    other = discussion(
        [
            "Why do many people enjoy singing in a choir?",
            "Are concerts too expensive nowadays?",
            "Do you think music should be taught to everyone?",
        ],
        [
            "What makes a song popular?",
            "Do young people dance less than they used to?",
            "How has the Internet changed what musicians earn?",
        ],
        "Music",
    )
    assert found(check_belongs(other, LONG_TURN)) == {("unrelated-discussion", "themes")}


def test_a_topic_that_the_card_does_not_keep_to_says_nothing_of_what_the_card_is_about() -> None:
    beside = CueCard(
        describe="Describe a river that you swam in.",
        bullets=["which river it was", "who swam with you", "how warm the water was"],
        closing="and explain why you enjoyed it.",
    )
    long_turn = LONG_TURN.model_copy(
        update={"cue_card": beside, "rounding_off": ["Do you swim often?"]}
    )
    assert rejected(check_belongs(LIGHTING, long_turn))


def test_a_discussion_in_the_same_field_of_life_without_a_common_word_is_a_warning() -> None:
    related = discussion(
        [
            "Why do some people change their curtains every year?",
            "How important are carpets and cushions for comfort?",
            "Should young couples rent or own furniture?",
        ],
        [
            "What makes a kitchen pleasant?",
            "Are modern apartments too small for families?",
            "Who should choose the colours of a room?",
        ],
        "Rooms",
    )
    walls = LONG_TURN.cue_card.model_copy(
        update={
            "describe": "Describe a wall that you decorated.",
            "bullets": ["which wall it was", "who helped you", "how you did it"],
            "closing": "and explain how you felt about it.",
        }
    )
    long_turn = LONG_TURN.model_copy(
        update={"topic": "a wall", "cue_card": walls, "rounding_off": ["Was it hard work?"]}
    )
    findings = check_belongs(related, long_turn)
    assert found(findings) == {("loosely-related-discussion", "themes")}
    assert not rejected(findings)
