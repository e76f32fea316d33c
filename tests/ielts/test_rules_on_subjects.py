"""Subjects that the exam keeps away from are refused in whatever words; their neighbours pass."""

from __future__ import annotations

import pytest

from shared.ielts.rules import (
    check_cue_card,
    check_discussion_question,
    check_interview_question,
    rejected,
)

SUBJECTS = {
    "victims and extremists": [
        "What did the flood victims in the north need most of all?",
        "How do extremists find new members among young people?",
    ],
    "what the candidate earns and owes": [
        "How much are you paid for the work you do?",
        "What is your monthly income?",
        "Does anybody owe you money?",
        "How much do you owe on your house?",
        "Have you ever been unable to pay your rent?",
        "Are you from a wealthy family or a poor one?",
        "How much does your father earn?",
        "Do your parents have a lot of debts?",
        "What would you do if you went bankrupt?",
        "How much did your flat cost you?",
        "Is your mortgage a big one?",
    ],
    "gambling": [
        "Have you ever placed a bet?",
        "How often do you buy lottery tickets?",
        "Do you play poker with your neighbours?",
        "Have you ever lost money at a casino?",
        "Do you ever gamble online?",
        "Why are some people addicted to betting?",
        "Are lotteries a tax on the poor?",
        "Would you wager money on a horse?",
        "Do you know anybody who makes bets?",
        "Do you like the sound of slot machines?",
    ],
    "trouble with the law": [
        "Have you ever been in prison?",
        "Has a member of your family ever been to jail?",
        "Have you ever broken the law?",
        "Do you have a criminal record?",
        "Have you ever stolen anything from a shop?",
        "Have the police ever stopped you?",
        "Was anybody you know convicted?",
        "Were you ever accused of cheating the tax office?",
        "Have you been robbed in your own street?",
        "Why do teenagers join gangs?",
    ],
    "harm to oneself": [
        "Have you ever wanted to hurt yourself?",
        "Do you ever feel that life is not worth living?",
        "What makes young people harm themselves?",
        "Why do people want to end their lives?",
        "What makes somebody take his own life?",
        "Did you ever wish you were dead?",
        "Should people have the right to end their own lives?",
        "Have you had suicidal thoughts?",
        "Why do people cut themselves on purpose?",
        "Have you ever not wanted to live any more?",
    ],
    "violence at home": [
        "Does your husband ever hit you?",
        "Did your teachers beat you?",
        "Has your partner ever been violent?",
        "Why do some men hit women?",
        "How can families live with a violent father?",
        "Why do parents smack their children?",
        "Were you ever bullied at school?",
        "Have you ever been attacked in the street?",
        "Are you afraid of your husband?",
        "Is corporal punishment good for boys?",
    ],
    "love affairs": [
        "Do you have a boyfriend at the moment?",
        "When did you have your first kiss?",
        "Are you divorced?",
        "Why did your last relationship end?",
        "Do you use dating apps?",
        "How many people have you dated?",
        "Why are you not married yet?",
        "Is it wrong for couples to live together before they marry?",
        "Why do husbands cheat on their wives?",
        "Have you ever broken up with someone?",
    ],
    "weight and looks": [
        "How much do you weigh?",
        "Are you happy with your weight?",
        "Do you think you are fat?",
        "Are you trying to lose weight?",
        "What do you hate about your body?",
        "Why are fat people treated badly?",
        "How attractive are you?",
        "Would you have botox?",
        "Are you ashamed of your face?",
        "Do your friends say that you are too thin?",
    ],
    "who may stay in a country": [
        "Are you an immigrant?",
        "Do you have a residence permit for this country?",
        "Should illegal immigrants be sent home?",
        "Are there too many foreigners in your country?",
        "Why do immigrants commit crimes?",
        "How should asylum seekers be treated?",
        "Should foreigners be sent back?",
        "Why do people flee from their homes?",
        "What is your visa status?",
        "Should border controls be stricter?",
    ],
    "illness and death": [
        "Have you ever lost someone you loved?",
        "Are both your parents still alive?",
        "Have you had any mental health problems at work?",
        "What medicine do you take every day?",
        "Do you suffer from any allergies?",
        "Have you ever been treated by a therapist?",
        "How long did you stay in hospital?",
        "Did you ever have sleeping pills?",
        "What is the best way to cope with grief?",
        "Why do old people fear incurable conditions?",
    ],
}
NEAR = [
    "What did you buy with your first salary?",
    "Do you save up for things you want?",
    "Have you ever lent anything to a friend?",
    "How much time do you spend on your phone each day?",
    "Have you ever won anything in a competition?",
    "Do you like playing card games?",
    "Have you ever broken a glass?",
    "How do you look after your skin?",
    "Do you suffer from jet lag?",
    "Do you weigh your luggage before you fly?",
    "Do you like romantic films?",
    "Have you fallen in love with a city?",
    "What date is your birthday?",
    "Do you ever hit a ball against a wall?",
]
NEAR_IN_PART_3 = [
    "Why do people borrow money from banks?",
    "Should rich people give money to charity?",
    "Is it good for children to get pocket money?",
    "What makes people break the rules?",
    "How could crime be reduced?",
    "Is prison the best punishment for young criminals?",
    "Do you think that all thieves should go to prison?",
    "How can a child learn to beat others without boasting?",
    "At what age do people usually marry?",
    "Why do some marriages last longer than others?",
    "Why do people want to look younger?",
    "Should people lose weight by dieting or by exercise?",
    "How do migrants learn a new language?",
    "Will machines take our jobs?",
    "Should health care be free?",
    "Do video games make children violent?",
    "Do people take their lives too seriously?",
    "Who should make the laws about traffic?",
]


@pytest.mark.parametrize(
    "text", [text for texts in SUBJECTS.values() for text in texts], ids=lambda text: text
)
def test_a_subject_that_embarrasses_or_upsets_is_refused_in_any_words(text: str) -> None:
    assert rejected(check_interview_question(text))
    assert "avoided-subject" in {found.rule for found in check_discussion_question(text)}


@pytest.mark.parametrize("text", NEAR)
def test_a_neighbour_of_such_a_subject_passes_in_part_1(text: str) -> None:
    assert not rejected(check_interview_question(text))


@pytest.mark.parametrize("text", NEAR_IN_PART_3)
def test_money_crime_and_health_in_general_pass_in_part_3(text: str) -> None:
    assert not rejected(check_discussion_question(text))


def test_a_card_is_refused_for_one_line_on_such_a_subject() -> None:
    bullets = ["what the job was", "who gave it to you", "how much you earned"]
    assert rejected(check_cue_card("Describe a job that you had.", bullets, "and explain why."))
    assert rejected(
        check_cue_card(
            "Describe an evening with friends.",
            ["where it was", "what you bet on", "who won"],
            "and explain how you felt about it.",
        )
    )
