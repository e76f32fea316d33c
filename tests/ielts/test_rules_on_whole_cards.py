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
