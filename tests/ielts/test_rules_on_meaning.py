"""A text is English, means something, and is a question, not a model's talk about one."""

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
        "Does the people is more happy in villages?",
        "Did you went there when it raining?",
        "Is your parents more stricter than others?",
        "Do he likes more louder songs?",
        "What is you favourite lamp that they making?",
        "Are you do many homework at night?",
        "Has the children more better toys now?",
        "Do you has a lamps when you reading?",
        "Can people goes outside when it snowing?",
        "Why does young people needs much friends?",
        "Have you ever went to a more bigger town?",
    ],
)
def test_two_slips_of_grammar_are_refused(text: str) -> None:
    assert "ungrammatical" in {found.rule for found in check_interview_question(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Did you enjoyed your first trip?",
        "Do you think childrens need lamps?",
        "Is people in your town friendly?",
        "What is you favourite fruit?",
        "Do you like more bigger towns?",
        "Has your friends seen your garden?",
        "Is it true that they living far away?",
        "Do you have many homework at weekends?",
        "Does people in your street talk to each other?",
        "Have you ever went by ship?",
    ],
)
def test_one_slip_in_a_hurried_note_is_a_warning(text: str) -> None:
    findings = check_interview_question(text)
    assert "slip-of-grammar" in {found.rule for found in findings}
    assert not rejected(findings)


@pytest.mark.parametrize(
    "text",
    [
        "Does reading in bed do children any good?",
        "Is people's taste in lamps changing?",
        "Are the toys children play with better than they were?",
        "Is it true that older people bring more luggage?",
        "Which is more useful, a lamp or a candle, if you are reading?",
        "Other than light, what do lamps give?",
        "Do you know anybody who is older than your parents?",
        "Why is it, in your view, that they do so little?",
        "What do people think when they see what others have made?",
        "Did most of the things that you did last week go well?",
    ],
)
def test_words_that_only_seem_not_to_agree_are_no_slip(text: str) -> None:
    assert "slip-of-grammar" not in {found.rule for found in check_discussion_question(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Do penguins like Thursday?",
        "How many elbows does the moon have?",
        "Has a kettle that whispered ever woken you?",
        "How loudly does your supper sing?",
        "Do you know a lamp which forgave the ceiling?",
        "How does distance change the distance between distance and light?",
        "Do you paint painted paintings with paint?",
        "Is a sandwich longer than the alphabet?",
        "Why do teapots whisper in the evening?",
        "Should bridges marry before they are old?",
        "When did your jacket retire?",
        "Can a museum sneeze in summer?",
        "Do you prefer to drink mathematics in the morning?",
        "How can kindness be fried at home?",
        "What colour is your patience?",
        "Were you ever swallowed by a chair?",
        "Do umbrellas need a crocodile?",
        "Why do lamps dream about their future?",
    ],
)
def test_a_sentence_without_sense_is_refused(text: str) -> None:
    assert rejected(check_interview_question(text))
    assert rejected(check_discussion_question(text))


@pytest.mark.parametrize(
    "text",
    [
        "Do you eat cheese with your soup?",
        "Would you buy a purple umbrella?",
        "Did you have mathematics on Thursday at school?",
        "Do you like to look at the moon when there are no planets to see?",
        "Do dogs dream at night?",
        "Do babies sleep well in your home?",
        "Did you wash the carrots in a bucket?",
        "What colour is the sky where you live?",
        "Do you drink soup from a cup?",
        "Does your neighbour cough a lot?",
        "Would you like to see a penguin or a camel?",
    ],
)
def test_unusual_things_that_go_together_pass(text: str) -> None:
    assert not rejected(check_interview_question(text))


@pytest.mark.parametrize(
    "text",
    [
        "Hair ever would you colour your?",
        "Shops big many why do people prefer?",
        "Lamp your where do you keep it?",
        "Morning the in what do you eat?",
        "Buy lamps where do most people nowadays?",
        "Music loud like you do at home?",
        "Teachers good what makes them so?",
        "Rain heavy when do you stay indoors?",
        "Bicycle a by would you travel far?",
        "Of like lamps you any are fond?",
    ],
)
def test_a_question_does_not_begin_in_the_middle(text: str) -> None:
    assert rejected(check_interview_question(text))


@pytest.mark.parametrize(
    "text",
    [
        "In which room do you keep your lamps?",
        "At what age do children learn to swim?",
        "Generally would you call yourself tidy?",
        "What's on the wall of your room?",
        "And how about in the evening?",
        "Any plans for your garden this year?",
    ],
)
def test_a_question_may_begin_by_a_preposition_an_adverb_or_a_contraction(text: str) -> None:
    assert "odd-start" not in {found.rule for found in check_interview_question(text)}


@pytest.mark.parametrize(
    "text",
    [
        "What kind of do you cook?",
        "How often do you walk to",
        "As a child, did you ever",
        "Do you like to?",
        "How many times did you go to",
        "Do you think that schools should spend more money on?",
        "What lamps are popular with?",
        "What sort of is your lamp?",
        "Would your friends ever",
        "How far do you drive to",
    ],
)
def test_a_question_that_leaves_a_gap_is_refused(text: str) -> None:
    assert rejected(check_interview_question(text))


@pytest.mark.parametrize(
    "text",
    [
        "Is there anything else you want me to add?",
        "Would you like me to make it easier?",
        "Can I help you with another topic?",
        "Shall I rephrase it for younger learners?",
        "Are you happy with this card?",
        "Should I change these questions in any way?",
        "Do you need more questions about this subject?",
        "Let me know what you think of it?",
        "Do you like lamps? Good luck!",
        "Do you like lamps? Record your answer and listen to it.",
        "I have created a question on lamps. Do you like them?",
        "Do you want to approve the draft?",
        "How do lamps differ from the previous question?",
        "What follows from your answer above on lamps?",
    ],
)
def test_a_models_talk_to_its_user_is_refused(text: str) -> None:
    assert rejected(check_interview_question(text))
    assert rejected(check_discussion_question(text))


@pytest.mark.parametrize(
    "text",
    [
        "Is there anything else you would like to learn?",
        "Are you happy with your room?",
        "Would you like to change anything in your street?",
        "Do you let other people use your things?",
        "Do you ask many questions in class?",
        "Please describe your street a little.",
        "Please describe the flat you live in.",
        "Could you tell me what you like about your lamp?",
        "Which item in your home do you use most?",
        "Are you good at answering questions about your work?",
        "Do you have fun at parties?",
    ],
)
def test_a_candidates_wishes_questions_and_items_pass(text: str) -> None:
    assert not rejected(check_interview_question(text))


@pytest.mark.parametrize(
    "text",
    [
        "Should some buildings (e.g. old mills) be kept?",
        "Do useful things, e.g. lamps, have to be plain?",
        "Are quiet hobbies (such as sewing) dying out?",
        "Do big shops (for example furniture shops) help a town?",
    ],
)
def test_an_example_inside_a_part_3_question_is_a_warning(text: str) -> None:
    findings = check_discussion_question(text)
    assert "example-inside" in {found.rule for found in findings}
    assert not rejected(findings)


@pytest.mark.parametrize(
    "text",
    [
        "How can streets be lit? (For example, by lamps.)",
        "Why do people like lamps? Such as red or blue ones.",
        "What can towns do? (e.g. plant trees)",
    ],
)
def test_an_example_after_the_question_answers_it(text: str) -> None:
    assert rejected(check_discussion_question(text))


def test_a_describe_line_may_give_examples() -> None:
    assert not rejected(
        check_cue_card(
            "Describe a handicraft that you know (such as knitting, pottery etc).",
            ["what it is", "how (and where) you learned it", "how hard it was"],
            "and explain how it is useful to you.",
        )
    )


@pytest.mark.parametrize(
    "text",
    [
        "Where do you read? (1 = bed, 2 = sofa, 3 = desk)",
        "Which lamp do you own: small, tall, other (please specify)?",
        "The line graph shows sales of lamps. What can be seen from it?",
        "Can you tell me about your lamp and say where you bought it?",
        "The table below gives prices of lamps. Why do they differ?",
        "Lamps should be free. What is your view? Support it with examples.",
        "Using the chart below, describe how train travel has changed.",
        "How fond are you of cooking, from 1 to 10?",
    ],
)
def test_keys_charts_and_second_tasks_are_refused(text: str) -> None:
    assert rejected(check_interview_question(text))


@pytest.mark.parametrize(
    "text",
    [
        "How often do you and your sister",
        "What do you and your colleagues usually",
        "Why do so many people in big cities",
        "When you were younger, did your parents",
        "Which kind of music do your neighbours",
        "What could a teacher do to help children who",
        "Have you ever visited a place which",
        "Why might someone move to a city where",
        "Has your street changed since",
        "When was the last time you and your friends",
        "Is there a difference between the way young people",
        "How do you feel when your friends don't",
        "Do you think lamps have too much",
        "What are the things that make a good",
        "In what ways has the use of",
        "Who in your family usually",
        "What is the best way to rest after a hard day of",
        "Why are gardens? Is it so in your street?",
    ],
)
def test_a_question_that_stops_before_its_verb_is_refused(text: str) -> None:
    assert rejected(check_interview_question(text))
    assert rejected(check_discussion_question(text))


@pytest.mark.parametrize(
    "text",
    [
        "What do you normally do in your flat",
        "What do older people here do in parks",
        "What would you tell a visitor to see and do in your city?",
        "What jobs do young people not want to do in your country?",
        "Do you look more like your mother or your father",
        "What is the difference between you and your sister",
        "Do you work as hard as your parents do",
        "How often do you shop",
        "How often do you and your sister cook?",
        "Do you ever garden with your parents?",
        "Do your neighbours in the city garden?",
        "Who do you cook with",
        "Which room would you say you like the most",
        "Is your street noisy at night",
    ],
)
def test_a_whole_question_in_a_hurried_note_passes(text: str) -> None:
    assert not rejected(check_interview_question(text))


@pytest.mark.parametrize(
    "text",
    [
        "Why do shops prefer did you have a lamp in your room?",
        "What do you usually buy for how has your street changed lately?",
        "Is it better to walk than the bus was delayed again?",
        "How often do you eat have you ever seen a lighthouse?",
    ],
)
def test_two_half_sentences_make_no_question(text: str) -> None:
    assert rejected(check_interview_question(text))


@pytest.mark.parametrize(
    "text",
    [
        "What kinds of lamps do people prefer do you think?",
        "Are lamps a must in every room?",
        "Is the place you go to in summer far from here?",
        "Are you responsible for what is done in your office?",
        "Is your street quieter than it was when you were little?",
    ],
)
def test_a_question_in_two_clauses_is_no_patchwork(text: str) -> None:
    assert not rejected(check_interview_question(text))


def test_a_closing_line_may_end_a_clause_in_to() -> None:
    bullets = ["where it is", "what you do there", "who you go with"]
    closing = "and explain why you think this place you go to is so good for children."
    assert not rejected(check_cue_card("Describe a park you often go to.", bullets, closing))


def test_nothing_is_compared_with_itself() -> None:
    text = "What is the difference between gardens and gardens?"
    assert "repeated-words" in {found.rule for found in check_interview_question(text)}


def test_a_time_may_be_asked_for_by_its_name_alone() -> None:
    found = {found.rule for found in check_interview_question("When is breakfast? [Why?]")}
    assert "incomplete-question" not in found


@pytest.mark.parametrize(
    "text", ["What did you cook tomorrow evening?", "Where will you go last weekend?"]
)
def test_a_question_is_of_one_time(text: str) -> None:
    assert "question-of-two-times" in {found.rule for found in check_interview_question(text)}


@pytest.mark.parametrize(
    "text",
    [
        "What did you plan to do tomorrow?",
        "Why did you decide to stay at home tomorrow?",
        "Will you remember what you did last weekend?",
        "What problems would talented cooks have with this?",
    ],
)
def test_a_question_may_look_ahead_from_the_past_and_back_from_the_future(text: str) -> None:
    assert not rejected(check_interview_question(text))
