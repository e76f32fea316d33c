"""The lines of a card belong to what it describes, and each asks something else."""

from __future__ import annotations

import pytest

from shared.ielts.rules import check_cue_card, rejected

Card = tuple[str, list[str], str]
LINES_OF_ANOTHER_CARD: list[Card] = [
    (
        "Describe a bridge near your home.",
        ["who this person is", "how you met", "what he or she does"],
        "and explain why you admire him.",
    ),
    (
        "Describe a cousin whom you like.",
        ["where it is", "how long it has been open", "what you eat there"],
        "and explain why you like going there.",
    ),
    (
        "Describe a kettle in your kitchen.",
        ["who won the match", "which team you wanted to win", "how many goals there were"],
        "and explain how you felt about the score.",
    ),
    (
        "Describe a lake you have swum in.",
        ["who wrote it", "what the main character is like", "when you finished reading it"],
        "and explain why you recommend it.",
    ),
    (
        "Describe a dentist you know.",
        ["how the bread is cut", "where you left the bus", "when you met"],
        "and explain why you go there.",
    ),
    (
        "Describe a boat trip you took.",
        ["where you went", "who was on board", "how long it took"],
        "and explain why this lamp is so bright.",
    ),
    (
        "Describe an aunt who sews well.",
        ["who she is", "what she makes", "how she learned it"],
        "and explain why the stadium is so noisy.",
    ),
    (
        "Describe a swimming pool you go to.",
        ["what the novel is called", "when you read it", "who gave it to you"],
        "and explain why you read it again.",
    ),
    (
        "Describe a carpet in your home.",
        ["who this actor is", "what he or she has played", "where you saw him or her"],
        "and explain why you like this actor.",
    ),
    (
        "Describe a carpet in your bedroom.",
        ["when the lesson starts", "how long you have had it", "who gave it to you"],
        "and explain why you like it.",
    ),
    (
        "Describe a violinist you like.",
        ["who the violinist is", "where you parked the lorry", "what he or she plays"],
        "and explain why you like listening to this violinist.",
    ),
    (
        "Describe a blanket that you have had for long.",
        ["what the blanket looks like", "where you keep it", "how you got it"],
        "and explain why you ate in that canteen.",
    ),
    (
        "Describe a gardener whom you know.",
        ["who this gardener is", "where the kitten sleeps", "what the kitten eats"],
        "and explain why you like this gardener.",
    ),
    (
        "Describe a lighthouse you have been to.",
        ["what ingredients you bought", "how long it takes to bake", "who helped you"],
        "and explain what you saw there.",
    ),
    (
        "Describe a pianist you have heard.",
        ["what colour it is", "what it is made of", "where you heard it"],
        "and explain why you like it.",
    ),
    (
        "Describe a tree in your street.",
        ["which language it was", "where you spoke it", "who taught it to you"],
        "and explain how well it went.",
    ),
    (
        "Describe a wedding you went to.",
        ["where it was", "who was there", "what you ate"],
        "and explain how this jacket suits you.",
    ),
]
ONE_LINE_OF_ANOTHER_CARD = [
    ("Describe a pie you bake.", "where you would park it"),
    ("Describe a traditional soup.", "how many goals there were"),
    ("Describe a park near your home.", "how long the flight was delayed for its passengers"),
    ("Describe a rainy day.", "who wrote the screenplay"),
    ("Describe a swimming pool.", "which spices you add to it"),
    ("Describe a kitten.", "which chapter you liked best"),
    ("Describe a birthday party.", "how the surgeon treated it"),
    ("Describe a wooden chair.", "who sings the chorus"),
    ("Describe a bus journey.", "how many petals it has"),
    ("Describe a rose.", "what the referee decided"),
    ("Describe a museum.", "how you switch it to silent mode"),
    ("Describe a postcard.", "what its top speed is"),
    ("Describe a colleague.", "whether it needs ironing"),
    ("Describe a novel.", "how often you water it"),
    ("Describe a coat.", "what its main character does"),
    ("Describe an aunt.", "how many wheels it had"),
    ("Describe a bank manager.", "how wide it is"),
    ("Describe a garden.", "which platform it left from"),
    ("Describe a lesson on rivers.", "what kind of film it was"),
    ("Describe a lake.", "how you know this person"),
]
NOTHING_FOREIGN = [
    ("Describe a cousin who bakes.", "how he or she learned to bake bread"),
    ("Describe a time when you missed a ferry.", "what you said to the other passengers"),
    ("Describe a day by the sea.", "who taught you to swim"),
    ("Describe something you repaired.", "what colour it was"),
    ("Describe a toy that flies.", "how you charge the battery"),
    ("Describe a friend who plays football.", "which team he or she plays for"),
    ("Describe a farm.", "what the animals eat"),
    ("Describe a wedding present.", "whose wedding it was"),
    ("Describe a person with a large garden.", "what grows in the garden"),
    ("Describe a shop you know.", "how many customers it has"),
    ("Describe a place with a good view.", "how you get to the top"),
    ("Describe a story you were told.", "what its moral is"),
    ("Describe a goal that you have.", "what the goal is"),
]
COHERENT: list[Card] = [
    (
        "Describe a birthday you remember.",
        ["whose birthday it was", "what presents there were", "where the party was"],
        "and explain why the cake was so special.",
    ),
    (
        "Describe a person with an unusual house.",
        ["who this person is", "where the house is", "what colour it is"],
        "and explain why you would like to live there.",
    ),
    (
        "Describe a day when you bought something for a friend.",
        ["what it was", "who wore it first", "how much it cost"],
        "and explain why this coat was the right choice.",
    ),
    (
        "Describe a singer whose voice you like.",
        ["who the singer is", "what the songs are about", "where you heard him or her"],
        "and explain why this music makes you happy.",
    ),
    (
        "Describe a cafe you often go to.",
        ["where it is", "what the food is like", "who the waiters are"],
        "and explain why the coffee tastes so good.",
    ),
    (
        "Describe a talk you listened to.",
        ["who the speaker was", "what it was about", "where the hall was"],
        "and explain whether the people liked it.",
    ),
    (
        "Describe a time when a machine broke down.",
        ["what the machine was", "where you were", "who repaired it"],
        "and explain how you felt about the delay.",
    ),
    (
        "Describe a cake that somebody baked for you.",
        ["when it happened", "who baked it", "what it tasted like"],
        "and explain why the cake was special.",
    ),
    (
        "Describe a museum you have visited.",
        ["where it is", "what the rooms look like", "which painting you liked best"],
        "and explain why the building suits the pictures.",
    ),
    (
        "Describe a ride on a crowded bus.",
        ["where you got on", "who sat beside you", "what happened on the way"],
        "and explain how the driver behaved.",
    ),
    (
        "Describe a luxury item you once saw.",
        ["what item it was", "what this item looked like", "who owned the item"],
        "and explain whether you would like to have this item.",
    ),
]
SAME_QUESTION = [
    ["who you go with", "who goes with you", "what you see there"],
    ["when you met", "at what time you met", "what she is like"],
    ["where he lives", "in which place he lives", "what he does"],
    ["what it looks like", "where you keep it", "what its appearance is"],
    ["when the trip took place", "when the trip happened", "who was there"],
    ["when you made it", "when it was made", "who helped you"],
    ["why you went", "for what reason you went", "who was with you"],
    ["where it is", "where it is situated", "who made it"],
    ["when it happened", "on which day it happened", "who saw it"],
    ["who went with you", "who accompanied you", "what you saw"],
    ["how much it cost", "how much you paid for it", "who sold it"],
    ["how often you go there", "how frequently you visit it", "who takes you"],
    ["where it is", "in which area it is found", "who made it"],
    ["who it came from", "who sent it to you", "what was in it"],
    ["who gave it to you", "who you got it from", "what it was"],
    ["who you gave it to", "who received it", "what it was"],
    ["where you journeyed to", "where you went", "who was with you"],
    ["where you went", "what your destination was", "who was with you"],
    ["who he is", "what his name is", "when you met"],
    ["what her job is", "what she does for a living", "how you met"],
    ["how old it is", "what its age is", "where it stands"],
    ["how often you go there", "how many times a week you go", "who takes you"],
    ["how long it lasted", "how many hours it took", "who was there"],
    ["how much it cost", "how expensive it was", "who sold it"],
    ["when you started it", "when you first took it up", "who helped you"],
    ["who taught you", "who your teacher was", "what you made"],
    ["how you met", "how you got to know each other", "what you do together"],
    ["what it looks like", "how it looks", "who made it"],
    ["where it is", "who goes there", "where it is and who goes there"],
]
THE_SAME_THING_NAMED = [
    ["what the lamp is", "which lamp it is", "where it stands"],
    ["what it is", "the name of the lamp", "where it stands"],
    ["what this is", "what the lamp is called", "where it stands"],
]
ISSUES = [
    "Describe why forests are useful.",
    "Describe how robots change factories.",
    "Describe whether zoos should be closed.",
    "Describe the ways in which cities grow.",
    "Describe the causes of traffic jams.",
    "Describe the importance of clean rivers.",
    "Describe a job that matters in modern society.",
    "Describe the effects of noise on birds.",
    "Describe the role of newspapers in today's world.",
    "Describe to what extent maps are needed.",
]


@pytest.mark.parametrize("card", LINES_OF_ANOTHER_CARD, ids=lambda card: card[0])
def test_a_card_is_refused_for_lines_about_something_else(card: Card) -> None:
    findings = check_cue_card(*card)
    assert "card-foreign-lines" in {found.rule for found in findings}
    assert rejected(findings)


@pytest.mark.parametrize(("describe", "line"), ONE_LINE_OF_ANOTHER_CARD)
def test_one_line_can_tell_that_it_belongs_to_another_card(describe: str, line: str) -> None:
    findings = check_cue_card(
        describe, ["what you remember of it", line, "when that was"], "and explain why."
    )
    assert "card-foreign-lines" in {found.rule for found in findings}


@pytest.mark.parametrize(("describe", "line"), NOTHING_FOREIGN)
def test_a_line_may_speak_of_what_belongs_to_the_thing(describe: str, line: str) -> None:
    findings = check_cue_card(
        describe, ["what you remember of it", line, "when that was"], "and explain why."
    )
    assert "card-foreign-lines" not in {found.rule for found in findings}


@pytest.mark.parametrize("card", COHERENT, ids=lambda card: card[0])
def test_lines_may_name_what_belongs_to_the_thing_described(card: Card) -> None:
    assert not rejected(check_cue_card(*card))


@pytest.mark.parametrize("bullets", SAME_QUESTION, ids=lambda bullets: bullets[0])
def test_two_bullets_do_not_ask_the_same_in_other_words(bullets: list[str]) -> None:
    findings = check_cue_card(
        "Describe something you remember.", bullets, "and explain why you remember it."
    )
    assert "card-repeats" in {found.rule for found in findings}


@pytest.mark.parametrize("bullets", THE_SAME_THING_NAMED, ids=lambda bullets: bullets[1])
def test_two_bullets_do_not_both_ask_what_the_thing_is(bullets: list[str]) -> None:
    findings = check_cue_card("Describe an old lamp.", bullets, "and explain why you like it.")
    assert "card-repeats" in {found.rule for found in findings}


@pytest.mark.parametrize(
    "bullets",
    [
        ["what room it is", "where it is", "who sleeps there"],
        ["how you use it", "how often you use it", "where you keep it"],
        ["what it was", "what you did", "what you said"],
        ["where you were", "who you were with", "who else was there"],
        ["what it is", "what it looks like", "what you use it for"],
        ["when you first saw it", "when you bought it", "where you keep it"],
        ["who the people were", "who spoke first", "why they spoke"],
        ["who gave it to you", "who you gave it to", "where it came from"],
        ["where you were going", "where you were", "who went with you"],
        ["how old it is", "how long you have had it", "how often you use it"],
        ["who made it", "who taught you", "who helped you"],
        ["what it is and where it is", "when you go there", "who goes with you"],
    ],
    ids=lambda bullets: bullets[0],
)
def test_bullets_that_begin_alike_may_ask_for_different_things(bullets: list[str]) -> None:
    assert not rejected(
        check_cue_card("Describe a scene.", bullets, "and explain why you remember it.")
    )


@pytest.mark.parametrize(
    "line",
    [
        "what he bought tomorrow",
        "how it will looked",
        "where she has working",
        "what it is going to have been",
    ],
)
def test_a_line_is_of_one_time(line: str) -> None:
    findings = check_cue_card(
        "Describe a neighbour.", ["who it is", "where he lives", line], "and explain why."
    )
    assert "muddled-tenses" in {found.rule for found in findings}


@pytest.mark.parametrize(
    "line", ["what you would indeed change there", "who will need it", "what it has done"]
)
def test_a_word_that_only_looks_like_a_past_tense_is_none(line: str) -> None:
    findings = check_cue_card(
        "Describe a garden.", ["what it is like", "where it is", line], "and explain why."
    )
    assert "muddled-tenses" not in {found.rule for found in findings}


@pytest.mark.parametrize("describe", ISSUES)
def test_a_card_is_on_no_public_issue(describe: str) -> None:
    bullets = ["what it is", "where it can be seen", "who likes it"]
    assert "describe-issue" in {
        found.rule for found in check_cue_card(describe, bullets, "and explain why you like it.")
    }


@pytest.mark.parametrize(
    "line",
    [
        "how governments should pay for it",
        "why society needs more of it",
        "what the implications for cities are",
        "which policies are needed",
        "what public opinion says about it",
        "who ought to regulate it",
        "to what extent the plan has worked",
        "what companies and governments should do about it",
        "what the main causes are",
        "why schools and parents should act",
        "what should be done about the film industry",
        "how parents in general ought to behave",
        "whether robots will replace gardeners",
        "why families today own two cars",
        "how parks have changed over the years",
        "whether the benefits are greater than the costs",
    ],
)
def test_no_line_of_a_card_asks_what_governments_or_society_should_do(line: str) -> None:
    findings = check_cue_card(
        "Describe a park.", ["where it is", "who goes there", line], "and explain why you like it."
    )
    assert "line-on-issue" in {found.rule for found in findings}
