"""A card describes one thing, to the candidate, and does not contradict itself."""

from __future__ import annotations

import pytest

from shared.ielts.rules import check_cue_card, rejected

LINES = ["what it is", "where it is", "who likes it"]
CLOSING = "and explain why you remember it."


def rules_on(describe: str, bullets: list[str], closing: str) -> set[str]:
    return {found.rule for found in check_cue_card(describe, bullets, closing)}


@pytest.mark.parametrize(
    "describe",
    [
        "Describe a lake near your home and also a dentist.",
        "Describe a lake you know and a dentist you trust.",
        "Describe a lake you know or else a dentist, whichever is easier.",
        "Describe a lake, what your street is like, and how you learned to swim.",
        "Describe a lake you know, a dentist you trust, and a soup you make.",
    ],
)
def test_a_card_has_one_subject(describe: str) -> None:
    assert "describe-question" in rules_on(describe, LINES, CLOSING)


@pytest.mark.parametrize(
    "describe",
    [
        "Describe a card game that you and a cousin play.",
        "Describe a day when you were late and missed a lesson.",
        "Describe a lake with boats and islands.",
        "Describe a long walk you and your cousins took.",
    ],
)
def test_a_subject_may_be_told_of_with_and(describe: str) -> None:
    assert not rejected(check_cue_card(describe, LINES, CLOSING))


@pytest.mark.parametrize(
    ("describe", "bullet"),
    [
        ("Describe a kite that I made.", "what it is"),
        ("Describe a kite that you made.", "who helped me"),
        ("Describe a kite that you made.", "where my kite is now"),
    ],
)
def test_a_card_speaks_to_the_candidate(describe: str, bullet: str) -> None:
    assert "first-person-card" in rules_on(describe, [bullet, *LINES[1:]], CLOSING)


@pytest.mark.parametrize(
    "describe",
    [
        "Describe a lake where you want to",
        "Describe a skill that you would like to",
        "Describe a day when you had to",
    ],
)
def test_a_describe_line_does_not_stop_after_to(describe: str) -> None:
    assert "describe-unfinished" in rules_on(describe, LINES, CLOSING)


@pytest.mark.parametrize(
    ("closing", "rule"),
    [
        ("and explain why you", "closing-unfinished"),
        ("how difficult it was", "closing-start"),
        ("what time it began", "closing-start"),
    ],
)
def test_a_closing_line_asks_for_a_reason_or_a_feeling(closing: str, rule: str) -> None:
    assert rule in rules_on("Describe a boat trip you took.", LINES, closing)


@pytest.mark.parametrize(
    ("describe", "closing"),
    [
        ("Describe a song that you do not like.", "and explain why you love this song."),
        ("Describe a sport you would never like to try.", "and explain why you enjoy it."),
        ("Describe a song that you like.", "and explain why you would not like to hear it."),
    ],
)
def test_a_closing_line_does_not_take_back_what_the_card_describes(
    describe: str, closing: str
) -> None:
    assert "card-contradiction" in rules_on(describe, LINES, closing)


@pytest.mark.parametrize(
    ("describe", "closing"),
    [
        ("Describe a song that you do not like.", "and explain why you do not like it."),
        ("Describe a hat that you like or dislike.", "and explain why you like or dislike it."),
        ("Describe a flat you like but would not buy.", "and explain why you would not want it."),
        ("Describe a song that you like.", "and explain why you like it."),
    ],
)
def test_a_closing_line_may_ask_why_the_candidate_dislikes_it(describe: str, closing: str) -> None:
    assert not rejected(check_cue_card(describe, LINES, closing))


@pytest.mark.parametrize(
    ("describe", "bullets"),
    [
        (
            "Describe a boat trip you took last month.",
            ["where the boat will start", "who is going to steer it", "what you will see"],
        ),
        (
            "Describe a lake that you would like to see.",
            ["when you went there", "who you met there", "what you did there"],
        ),
        (
            "Describe a boat that you hope to build.",
            ["how big it will be", "where you will keep it", "who sailed it last summer"],
        ),
    ],
)
def test_the_lines_are_about_the_time_that_the_card_is_about(
    describe: str, bullets: list[str]
) -> None:
    assert "card-contradiction" in rules_on(describe, bullets, CLOSING)


@pytest.mark.parametrize(
    ("describe", "bullets"),
    [
        (
            "Describe a lake that you saw and would like to see again.",
            ["when you went there", "what you did there", "who will go with you"],
        ),
        (
            "Describe a plan that you made.",
            ["what the plan was", "when you made it", "what you will do next"],
        ),
    ],
)
def test_a_line_may_look_back_or_ahead(describe: str, bullets: list[str]) -> None:
    assert not rejected(check_cue_card(describe, bullets, CLOSING))


@pytest.mark.parametrize(
    ("describe", "line"),
    [
        ("Describe a quiet place you go to.", "why it is so loud"),
        ("Describe a cheap meal you had.", "why it was so expensive"),
        ("Describe a boring talk you heard.", "why it was so exciting"),
        ("Describe a hobby you gave up.", "how often you still do it"),
        ("Describe an island you have never visited.", "when you last went there"),
        ("Describe a walk you took alone.", "who went with you"),
        ("Describe a puzzle you never finished.", "when you finished it"),
        ("Describe a singer you have never met.", "where you drink coffee together"),
        ("Describe a hat you regret buying.", "why it was the best choice"),
        ("Describe a day when you arrived early.", "why you were delayed"),
    ],
)
def test_no_line_says_the_opposite_of_what_the_card_describes(describe: str, line: str) -> None:
    assert "card-contradiction" in rules_on(describe, ["what you remember", line, "who"], CLOSING)


@pytest.mark.parametrize(
    ("describe", "line"),
    [
        ("Describe a quiet place you go to.", "whether it is ever noisy there"),
        ("Describe a cheap meal you had.", "how much it cost"),
        ("Describe an island you would like to see again.", "when you last went there"),
        ("Describe a hobby you gave up.", "whether you would do it again"),
        ("Describe a rule you dislike and want to change.", "why you would like to change it"),
        ("Describe a walk you took alone.", "why you went alone"),
    ],
)
def test_a_line_may_weigh_the_opposite(describe: str, line: str) -> None:
    assert "card-contradiction" not in rules_on(
        describe, ["what you remember", line, "when that was"], f"and explain {line}"
    )


@pytest.mark.parametrize(
    "line",
    [
        "where it",
        "how often you",
        "why you would",
        "why you liked",
        "whether you want to",
        "how it has",
        "why it was so",
        "what you decided to",
        "how you would enjoy be",
        "how the heavy",
    ],
)
def test_a_line_does_not_stop_before_its_verb_or_object(line: str) -> None:
    assert "line-unfinished" in rules_on("Describe a lake.", ["what it is", line], CLOSING)
    assert "line-unfinished" in rules_on("Describe a lake.", LINES, f"and explain {line}")


@pytest.mark.parametrize(
    "line",
    [
        "what you did",
        "who you went with",
        "what you like",
        "how old it is",
        "what other people think",
        "when this happened",
        "how you felt",
        "who you gave it to",
        "where it was and how long you stayed",
    ],
)
def test_a_line_may_end_in_its_verb_where_the_object_came_first(line: str) -> None:
    assert "line-unfinished" not in rules_on("Describe a lake.", ["what it is", line], CLOSING)


@pytest.mark.parametrize(
    "closing",
    [
        "and explain and explain why you like it",
        "and explain why and explain how it began",
        "and explain why you like it; say more",
    ],
)
def test_a_closing_line_says_and_explain_once(closing: str) -> None:
    assert "closing-unfinished" in rules_on("Describe a lake.", LINES, closing)


@pytest.mark.parametrize(
    "closing",
    [
        "how you know this dentist",
        "what tools you had",
        "what it is made of",
        "and how long it took",
        "and when it was built",
        "and what he was saying",
        "and explain why you like it. Describe a hill, too.",
        "Describe a lake",
    ],
)
def test_a_bullet_or_another_task_is_no_closing_line(closing: str) -> None:
    assert "closing-start" in rules_on("Describe a lake.", LINES, closing)


@pytest.mark.parametrize(
    "closing",
    [
        "how you felt about it",
        "why it matters to you",
        "how it helps you",
        "what the result was",
        "and what you learned from it",
        "and what impacts the storm had",
        "and what other people said",
        "and how it helped you",
        "You should also say whether you would go back.",
        "And what do you think about it",
        "Why you enjoyed it?",
    ],
)
def test_a_remembered_closing_line_may_lack_and_explain(closing: str) -> None:
    assert not rejected(check_cue_card("Describe a boat trip you took.", LINES, closing))


@pytest.mark.parametrize("bullet", ["What it was?", "Who you did it with?", "How long it took?"])
def test_a_stray_question_mark_is_a_slip_in_a_remembered_card(bullet: str) -> None:
    findings = check_cue_card("Describe a boat trip you took.", [bullet, *LINES[1:]], CLOSING)
    assert "bullet-mark" in {found.rule for found in findings}
    assert not rejected(findings)


@pytest.mark.parametrize(
    "bullet",
    ["What was it?", "How long did it take?", "In what way was it fun?", "Do people like boats"],
)
def test_a_question_is_no_bullet(bullet: str) -> None:
    assert "bullet-question" in rules_on(
        "Describe a boat trip you took.", [bullet, *LINES[1:]], CLOSING
    )


def test_the_lines_speak_of_one_person() -> None:
    describe = "Describe a dentist you know."
    lines = ["who it is", "what he is like", "where she works"]
    assert "card-bullet-form" in rules_on(describe, lines, CLOSING)
    assert "card-bullet-form" not in rules_on(describe, [*lines[:2], "where he works"], CLOSING)
    assert "card-bullet-form" not in rules_on(
        describe, ["who it is", "what he or she is like", "where he/she works"], CLOSING
    )


@pytest.mark.parametrize(
    "describe",
    ["Describe a lake she visited.", "Describe a bag they bought.", "Describe our town."],
)
def test_a_describe_line_says_whom_it_speaks_of(describe: str) -> None:
    assert "describe-whose" in rules_on(describe, LINES, CLOSING)


def test_a_describe_line_may_speak_of_somebody_named_before() -> None:
    assert "describe-whose" not in rules_on(
        "Describe a teacher and the way she taught.", LINES, CLOSING
    )


def test_a_slip_in_two_lines_is_too_many() -> None:
    lines = ["who writed it", "where you was", "what it is"]
    assert "ungrammatical-card" in rules_on("Describe a book you like.", lines, CLOSING)
    assert "ungrammatical-card" not in rules_on(
        "Describe a book you like.", [lines[0], *LINES[1:]], CLOSING
    )
