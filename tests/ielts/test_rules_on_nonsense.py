"""Words that mean nothing together are refused; unusual things that go together are not."""

from __future__ import annotations

import pytest

from shared.ielts.rules import check_discussion_question, check_interview_question


@pytest.mark.parametrize(
    "text",
    [
        "What kind of weather does your wardrobe believe in?",
        "Do you usually fold your clouds before going to bed?",
        "Have you ever lent a mountain to your neighbour?",
        "Do you like the taste of corridors?",
        "Is there a polite mountain near your home?",
        "Are there many jealous bridges in your hometown?",
        "How tall is your favourite vowel?",
        "Did you ever argue with your refrigerator?",
        "How many kilos of honesty do you carry to school?",
        "What is your favourite kind of yesterday?",
        "Do you like the handwriting of the lake?",
        "Was your umbrella interviewed by a carpet?",
        "Do you know a river that forgot its name?",
        "Is your bicycle more punctual than your sister?",
        "Have you met your refrigerator's cousin?",
        "Do you eat your pencils with salt?",
        "Do you think buckets should respect you?",
    ],
)
def test_things_that_cannot_be_or_do_so_are_refused(text: str) -> None:
    assert "senseless-order" in {found.rule for found in check_interview_question(text)}


@pytest.mark.parametrize(
    "text",
    [
        "How might the patience of cement be measured?",
        "Should children be taught to iron their opinions?",
        "Why has silence become more expensive than furniture?",
        "How can teachers help clouds to remember their lessons?",
        "Would a committee of carrots be fair?",
        "What is the main cause of jealousy among windows?",
        "Is it natural to swallow the past?",
        "Why do umbrellas prefer older people?",
        "Can we persuade the rain to be kind?",
        "Have chairs become too emotional?",
    ],
)
def test_no_discussion_is_about_them(text: str) -> None:
    assert "senseless-order" in {found.rule for found in check_discussion_question(text)}


@pytest.mark.parametrize(
    "text",
    [
        "What will you wear tomorrow?",
        "Where are you going to eat this evening?",
        "Do you usually take the train to be punctual?",
        "Do you often invite friends to breakfast?",
        "Do you eat winter vegetables?",
        "Do you like to eat near the river?",
        "Have you got a favourite chair?",
        "Do you get an honest opinion from your friends?",
        "Have you done tomorrow's homework?",
        "Do you feel sleepy when the weather is hot?",
        "Is a bicycle or a train better for short journeys?",
        "Did your uncle teach you to ride a bicycle?",
        "Do you enjoy the silence of the mountains?",
        "Do you prefer wooden or plastic furniture?",
        "Do you keep your umbrella near the door?",
        "Do you find it difficult to be punctual on Monday mornings?",
    ],
)
def test_everyday_things_in_everyday_relations_pass(text: str) -> None:
    assert "senseless-order" not in {found.rule for found in check_interview_question(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Should tourism be encouraged in the mountains?",
        "Do train passengers enjoy talking to strangers?",
        "Are mountain villagers more polite than city people?",
        "Is the patience of train drivers tested every day?",
        "Are people easily persuaded by the opinions of experts?",
        "How have the opinions of young people changed since their childhood?",
        "How does the temperature of an office affect the staff?",
        "Does winter make people feel lonely?",
        "Can the sound of rain help people to sleep?",
        "Is punctuality more important than politeness?",
    ],
)
def test_a_discussion_of_qualities_passes(text: str) -> None:
    assert "senseless-order" not in {found.rule for found in check_discussion_question(text)}
