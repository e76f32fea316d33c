from __future__ import annotations

import pytest

from shared.ielts.models import Part
from tests.evaluation.conftest import card
from tools.evaluation.kinds import kinds_of
from tools.evaluation.published import Measured
from tools.evaluation.signs import long_words
from tools.evaluation.spreads import closing_word, described, first_word
from tools.evaluation.texts import has_probe, measured_texts, questions_asked, without_probe, words


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Do you like rain? [Why/Why not?]", "Do you like rain?"),
        ("Do people travel too much? Why is that?", "Do people travel too much?"),
        ("Do people travel too much?", "Do people travel too much?"),
        ("Why is that?", "Why is that?"),
        (
            "Some people say that towns are lonely. Do you agree?",
            "Some people say that towns are lonely. Do you agree?",
        ),
    ],
)
def test_a_probe_at_the_end_is_set_aside(text: str, question: str) -> None:
    assert without_probe(text) == question
    assert has_probe(text) == (text != question)


def test_a_second_question_of_more_than_five_words_is_no_probe() -> None:
    text = "Do people read less now? What do they do with their time instead?"

    assert not has_probe(text)
    assert questions_asked(text) == 2


def test_a_probe_is_no_second_question() -> None:
    assert questions_asked("Do people read less now? Why?") == 1


def test_words_do_not_count_the_probe_and_keep_contractions_whole() -> None:
    assert words("What's the best way to rest? [Why?]") == [
        "what's",
        "the",
        "best",
        "way",
        "to",
        "rest",
    ]


def test_a_whole_card_is_its_describe_line_its_bullets_and_its_closing() -> None:
    found = measured_texts([card()])

    assert len(found[Measured.BULLET]) == 3
    assert len(words(found[Measured.CARD][0])) == 6 + 3 + 4 + 3 + 7


@pytest.mark.parametrize(
    ("text", "word"), [("What's on it?", "what"), ("Do you read?", "do"), ("Haven't you?", "haven")]
)
def test_a_first_word_is_that_of_its_contraction(text: str, word: str) -> None:
    assert first_word(text) == {word}


def test_the_word_after_describe_is_what_a_card_is_labelled_by() -> None:
    assert described("Describe someone who makes you laugh.") == {"someone"}


@pytest.mark.parametrize(
    ("closing", "word"),
    [
        ("and explain why you liked it.", "why"),
        ("and say whether you would go again.", "whether"),
        ("and explain.", ""),
    ],
)
def test_a_closing_line_is_labelled_by_what_it_asks(closing: str, word: str) -> None:
    assert closing_word(closing) == {word}


def test_long_words_have_ten_letters_or_more() -> None:
    assert long_words("Is technology a good thing for tomorrow's neighbours?") == 2


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Do you prefer tea or water?", "like or prefer"),
        ("Did you walk to school as a child?", "past experience"),
        ("How often do you fry eggs?", "habit"),
        ("Would you live by the sea?", "hypothetical or future"),
        ("Is it important for you to be on time?", "opinion or importance"),
        ("What street is your home in?", "fact"),
        ("Tell me about your street.", "tell me about"),
        ("How do you feel when it rains?", "opinion or importance"),
        ("Do you ever watch a film twice?", "habit"),
        ("Could you live without a phone?", "hypothetical or future"),
        ("Do you plan to learn to drive?", "hypothetical or future"),
        ("What is the tallest building you have ever been in?", "past experience"),
    ],
)
def test_part_1_kinds_are_told_by_wording(question: str, kind: str) -> None:
    assert kind in kinds_of(question, Part.INTERVIEW)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Do you ever watch a film twice?", "past experience"),
        ("What would you buy if everything was half price?", "past experience"),
        ("Do you plan your meals before you shop?", "hypothetical or future"),
        ("Do you like going to the cinema?", "hypothetical or future"),
        ("Is there anyone you would like to thank?", "like or prefer"),
    ],
)
def test_a_word_alone_does_not_make_a_part_1_kind(question: str, kind: str) -> None:
    assert kind not in kinds_of(question, Part.INTERVIEW)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Do you think parks are useful?", "opinion"),
        ("Some people say that towns are lonely. Do you agree?", "opinion"),
        ("Some people would rather rent a home than buy one. What is your view?", "opinion"),
        ("What kinds of shops are popular in your country?", "description"),
        ("Where do people usually go for advice?", "description"),
        ("In what situations do people have to queue?", "description"),
        ("What are the advantages of a small town?", "evaluation"),
        ("How do old houses differ from new ones?", "comparison"),
        ("Why do people keep old letters?", "cause"),
        ("What would happen without clocks?", "hypothetical"),
        ("What should schools do about noise?", "solution"),
        ("Some people say that towns are lonely. Do you agree?", "agreeing with a view"),
        ("Will people still cook in fifty years?", "prediction"),
        ("How have holidays changed since your parents were young?", "past and present"),
    ],
)
def test_part_3_kinds_are_told_by_wording(question: str, kind: str) -> None:
    assert kind in kinds_of(question, Part.DISCUSSION)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Why are some people against any change near their homes?", "past and present"),
        ("How do people decide which book they are going to read?", "prediction"),
        ("Do people in your country see shopping as a way to relax?", "solution"),
        ("Do teachers think that phones belong in class? Why do you think so?", "opinion"),
    ],
)
def test_a_word_alone_does_not_make_a_part_3_kind(question: str, kind: str) -> None:
    assert kind not in kinds_of(question, Part.DISCUSSION)


def test_a_probe_does_not_make_a_question_one_of_cause() -> None:
    assert "cause" not in kinds_of("Do you think parks are useful? Why?", Part.DISCUSSION)
