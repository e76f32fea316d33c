"""Questions are near-duplicates where they ask the same in an order and endings of their own."""

from __future__ import annotations

import pytest

from shared.ielts.likeness import near_duplicate
from tests.support.garbage import garbage_of

HAD = ["Do you often buy lamps?", "How did you get to school as a child?"]


@pytest.mark.parametrize(
    ("text", "is_near"),
    [
        ("How often do you buy a lamp?", True),
        ("As a child, how did you get to school?", True),
        ("Do you often lend lamps?", False),
        ("Would you like to paint a bridge?", False),
    ],
)
def test_a_question_is_near_another_by_most_of_its_words(text: str, is_near: bool) -> None:
    assert near_duplicate(text, HAD) is is_near


def test_a_comparison_leaves_nothing_behind_that_has_to_be_looked_for() -> None:
    assert garbage_of(lambda: near_duplicate(HAD[0], HAD)) == 0
