"""Choices, quizzes and second questions are refused in every form; what looks alike passes."""

from __future__ import annotations

import pytest

from shared.ielts.rules import (
    check_cue_card,
    check_discussion_question,
    check_interview_question,
    rejected,
)


@pytest.mark.parametrize(
    "text",
    [
        "Is your desk ( ) tidy ( ) untidy ( ) a disaster?",
        "Your desk is: [ ] tidy [ ] untidy?",
        "Trivia time: how many lamps are there in your home?",
        "Quick quiz: what do you read by lamplight?",
        "Fact or fiction: lamps make people sleepy?",
        "Do you read in bed always, sometimes or never?",
        "How bright is your lamp, 1 = very weak and 5 = very strong?",
        "How many stars would you give your desk?",
        "On a five-point scale, how tidy is your desk?",
        "How tidy is your desk, out of ten?",
        "Which of these is on your desk: a lamp, a clock or a plant?",
        "Lamp, candle, torch, pillow: which one doesn't belong?",
        "Match each lamp with a room you know.",
        "What is the missing word in your favourite song?",
        "Lamps are useful at night. Agree / disagree?",
        "Do you own a lamp: yes, no or not sure?",
        "Can you finish the sentence about your lamp?",
        "How often do you buy lamps? Never, once a year, once a month?",
        "Which answer best describes your desk?",
        "How many lamps do you own: 0-2, 3-5, 6 or more?",
        "Which picture shows a tidy desk?",
        "How tidy is your desk, from terrible to perfect?",
        "Which of the lamps below is yours?",
        "How often do you dust your desk (never-sometimes-always)?",
        "Which lamp do you like? Small. Tall. Bright.",
        "Is it A a lamp that you need or B a clock?",
        "Is your desk (tidy / untidy / a disaster)?",
        "Are you: tidy or untidy?",
        "Do you read in bed? (Tick one)",
        "What mark out of ten does your desk deserve?",
        "Is your desk very tidy, a little tidy or not tidy?",
        "Is a lamp useful to you: very useful, quite useful or not useful?",
        "Out of ten, how tidy is your desk?",
        "What percentage would you give your last holiday?",
        "What is the opposite of generous?",
        "What's another word that means tired?",
        "How many primary colours can you name?",
        "Can you name all the planets?",
        "What do you call a person who repairs shoes?",
        "Which is heavier, a litre of oil or a litre of water?",
        "How many minutes are there in two hours?",
        "What comes after Tuesday?",
        "Which animal is the fastest on land?",
        "What colour do you get when you mix blue and yellow?",
        "What instrument has black and white keys?",
        "Which season comes after autumn?",
        "What does 'punctual' mean?",
        "Would you give your street five stars, four stars or fewer?",
    ],
)
def test_no_question_is_one_of_a_quiz(text: str) -> None:
    assert rejected(check_interview_question(text))


@pytest.mark.parametrize(
    "text",
    [
        "Do you like quiz shows?",
        "Have you ever answered the questions of a survey?",
        "Do you like looking at the stars?",
        "Which of the two do you use more, the lamp or the clock?",
        "What is missing in your room?",
        "Do you finish every book that you start?",
        "Do you always make your own lunch?",
        "How many of your neighbours can you name?",
        "Do you know the meaning of your name?",
        "Can you spell well?",
        "What do you call your grandmother?",
        "Which is bigger, your room or your sister's?",
        "How many hours are you on the phone every day?",
        "Do you choose the best seats at the cinema?",
    ],
)
def test_a_question_may_be_about_a_quiz_or_a_choice(text: str) -> None:
    assert not rejected(check_interview_question(text))


@pytest.mark.parametrize(
    "text",
    [
        "Can you tell me about your desk and also about your sister?",
        "Is reading something you enjoy, and how many lamps have you got?",
        "Was your street noisy last night, and what do you plan to cook today?",
        "When do you switch your lamp on in winter? And in summer?",
        "Can you tell me something about your desk and something about your boss?",
        "Please tell me about your flat and then about your work.",
        "What colour is your front door, and do colours matter to you when you buy a phone?",
        "Who cleans your room, and does your street have trees?",
        "Where, when and with whom do you read?",
        "Do you like lamps? [When did you buy one, and who showed you how to mend it?]",
    ],
)
def test_a_second_question_may_not_follow_in_other_words(text: str) -> None:
    assert "double-question" in {found.rule for found in check_interview_question(text)}


@pytest.mark.parametrize(
    "text",
    [
        "What is the difference between where you work and where you live?",
        "Can you tell me about your desk and your lamp?",
        "Have you ever kept bees? For how long?",
        "Do you ever bake bread? When and how often?",
        "What about cooking, do you follow recipes?",
        "Do you prefer reading in the morning or in the evening?",
    ],
)
def test_one_question_may_name_two_things(text: str) -> None:
    assert not rejected(check_interview_question(text))


@pytest.mark.parametrize(
    "describe",
    [
        "Describe the problem of noise in offices and propose solutions.",
        "Describe the growth of night markets.",
        "Describe a park in your town and discuss how it should be improved.",
    ],
)
def test_no_card_sets_an_essay(describe: str) -> None:
    bullets = ["where it is", "what it is like", "how you know about it"]
    assert rejected(check_cue_card(describe, bullets, "and explain how you feel about it."))


@pytest.mark.parametrize(
    "text",
    [
        "Hardly anybody reads paper maps now. What reasons lie behind this trend?",
        "Using the two maps, say how the harbour has changed.",
        "Should lamps be sold without bulbs? Present both sides of the question.",
        "Give two reasons why lamps are better than candles.",
        "Some very old lamps waste power. What difficulties will this bring?",
        "Old lamps are often repaired. Do the benefits of that outweigh the cost?",
        "The two plans show a library in 1995 and today. What are the main differences?",
        "The table sets out what visitors spend. What conclusions can be drawn?",
        "Some see a lamp as a luxury. Others see it as a need. Where do you stand?",
        "The map shows a harbour before and after it was rebuilt. What has changed?",
        "Old lamps have no place in a modern home. How far do you share this view?",
        "Lamps make streets safer and people calmer at night. Is this view justified?",
        "A desk is no longer needed for serious work. Do you accept this argument?",
        "Desks should be cheaper than now. Do you agree or disagree with this statement?",
    ],
)
def test_a_discussion_sets_no_essay(text: str) -> None:
    assert rejected(check_discussion_question(text))


def test_a_discussion_may_speak_of_stars_and_points() -> None:
    assert not rejected(
        check_discussion_question("Why do film stars get so much attention from young people?")
    )


@pytest.mark.parametrize(
    "text",
    [
        "Some people think that lamps waste power. Do you agree or disagree with this statement?",
        "It is said that a desk shows what its owner is like. Do you agree with that idea?",
        "Some people say that libraries are too quiet. How far would you agree?",
        "Is there enough help for old people? (e.g. with shopping)?",
        "Do people insist on their own opinion or do they listen?",
    ],
)
def test_a_discussion_may_begin_with_what_some_people_think(text: str) -> None:
    findings = check_discussion_question(text)
    assert not rejected(findings), findings
