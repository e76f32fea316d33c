"""What one nation's candidates alone can answer is refused; what the whole world has passes."""

from __future__ import annotations

import pytest

from shared.ielts.rules import (
    check_discussion_question,
    check_interview_question,
    check_topic,
    rejected,
)

OF_ONE_NATION = {
    "tickets, lines and vehicles": [
        "Where do you top up your Suica?",
        "How often do you ride in a matatu?",
        "Is the marshrutka to your village always full?",
        "Do you keep an opal card in your wallet?",
        "Are rickshaws cheaper than buses where you live?",
    ],
    "schooling": [
        "What marks did you get in your board exams?",
        "Which subject did you find hardest in the sixth form?",
        "Did you go to a hagwon after school?",
        "How did you prepare for the vestibular?",
        "Are you nervous about the tawjihi?",
    ],
    "homes": [
        "Do you grow vegetables at your dacha?",
        "Which floor of the HDB block do you live on?",
        "Did your grandparents live in a hanok?",
        "Is there a courtyard in your haveli?",
    ],
    "offices and programmes": [
        "Which oblast were you born in?",
        "Is your barangay hall near your home?",
        "How old is the mayor of your prefecture?",
        "What does the county council do for young people near you?",
        "When did you get your aadhaar card?",
    ],
    "dishes and eating places": [
        "What do you usually order at a hawker centre?",
        "Do you like your mother's nasi lemak?",
        "How often do you go to an izakaya with friends?",
        "Who makes the pierogi in your family?",
        "Is there a good dhaba on your way to work?",
    ],
    "feasts, dances and clothes": [
        "Who do you visit at Hogmanay?",
        "What do you do for sinulog every year?",
        "Can you play the balalaika?",
        "Do you wear a dirndl on special days?",
        "What does your family eat at Onam?",
    ],
    "papers, shows, shops and clubs": [
        "Do you watch telenovelas with your grandmother?",
        "Have you ever seen the Springboks play?",
        "Which stall in the tiangge do you like best?",
        "Do you still read the Straits Times?",
    ],
    "history and money": [
        "Did you learn about the Mughals at school?",
        "What do people remember about perestroika?",
        "How many kopecks were in your pocket as a child?",
        "Do you have a picture of a samurai at home?",
        "Does a dabbawala come to your office?",
    ],
}


@pytest.mark.parametrize("text", [text for texts in OF_ONE_NATION.values() for text in texts])
def test_what_one_nation_alone_has_is_refused_however_it_is_written(text: str) -> None:
    assert rejected(check_interview_question(text))
    assert rejected(check_interview_question(text.lower()))


@pytest.mark.parametrize(
    "text",
    [
        "How often do you use your Pebble card?",
        "Do you live near the Amber river?",
        "Is the Crimson line crowded in the morning?",
        "Do you ever shop at the Lantern market?",
        "Did you wave at the Scarlet Riders?",
        "How long do you wait on RTSX every morning?",
        "Did you watch QBN news last night?",
        "Did you study at Zorvath University?",
    ],
)
def test_a_name_is_known_by_its_capital_though_no_list_has_it(text: str) -> None:
    assert rejected(check_interview_question(text))


@pytest.mark.parametrize(
    "text",
    [
        "Did you like your Geography exam?",
        "Do you watch TV after dinner?",
        "Do you have a PIN on your phone?",
        "How often do you use a bank card?",
        "Do you ever cook pasta or pizza at home?",
        "Have you ever tried karate or yoga?",
        "What do you do on New Year's Day?",
        "Do you share a room with a flatmate or a mate from school?",
        "Do you prefer an English lesson in the morning?",
        "How has your daily routine changed since last year?",
    ],
)
def test_what_the_whole_world_has_passes(text: str) -> None:
    assert not rejected(check_interview_question(text))


def test_a_nation_that_is_also_a_thing_is_known_after_a_comma_and_an_earlier_question() -> None:
    found = check_interview_question("Is it far? Would you fly home, Turkey or not?")
    assert "one-nation" in {finding.rule for finding in found}


def test_a_language_does_not_hide_what_else_the_question_names() -> None:
    assert not rejected(check_interview_question("Would you like to learn Japanese?"))
    assert rejected(check_interview_question("Would you like to learn Japanese in an izakaya?"))


@pytest.mark.parametrize(
    "text",
    [
        "Do people where you live prefer American films or films from home?",
        "What do farmers in South America and farmers in Africa have in common?",
    ],
)
def test_what_a_nation_gave_to_the_world_and_a_continent_pass(text: str) -> None:
    assert not rejected(check_discussion_question(text))


@pytest.mark.parametrize(
    "text",
    [
        "What does your town do on the ninth of May?",
        "What has changed for farmers since 1991?",
        "Which subjects did you drop in year ten?",
        "What did you study in class eleven?",
        "Do your parents drink mate in the morning?",
        "Do you spend more than \N{POUND SIGN}20 on lunch?",
        "Which province are you from?",
        "How did the Revolution change village schools?",
        "What do young people in the Highlands do for fun?",
        "How do people live in the nine provinces?",
        "Do farmers in America earn enough?",
    ],
)
def test_dates_money_and_units_of_one_nation_are_refused(text: str) -> None:
    assert rejected(check_discussion_question(text))


def test_a_topic_is_known_without_capitals() -> None:
    assert rejected(check_topic("my dacha"))
    assert rejected(check_topic("the gaokao"))
    assert not rejected(check_topic("street markets"))


def test_a_discussion_names_no_nations_affairs() -> None:
    assert rejected(check_discussion_question("How did the Meiji era change what people ate?"))


@pytest.mark.parametrize(
    "text",
    [
        "What do you like to find in your bento box?",
        "How long did it take you to learn a surah?",
        "Did you have to wear a sailor uniform at school?",
        "Do you bow when you enter the dojo?",
        "Where do you go for dim sum?",
    ],
)
def test_what_one_nation_eats_wears_and_recites_is_refused(text: str) -> None:
    assert "one-nation" in {found.rule for found in check_interview_question(text)}
