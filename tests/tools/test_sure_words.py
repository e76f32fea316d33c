"""A wording is looked up by words without which it cannot match."""

from __future__ import annotations

import pytest

from shared.ielts.rulebook.reading import Reading
from tools.sure_words import alternatives_of, sure_words


@pytest.mark.parametrize(
    ("wording", "text"),
    [
        ("(?:in|at) (?:a |the )?(?:\\w+ )?bars?", "we met in the old bars there"),
        ("out ?weigh\\w*", "it outweighs that"),
        ("gpt-?\\d\\w*", "ask gpt4o now"),
        ("band \\d", "a band \u0667 answer"),
        ("\\d+ ?% of \\d+", "what is 15% of 80"),
        ("far\\Wright", "the far-right"),
        ("^yes\\b[^?]*$", "(yes of course)"),
        ("(?:as )?(?:a|b)[12]", "a word at b2"),
        ("should .{0,60}\\b(?:banned|taxed)", "it should be taxed"),
    ],
)
def test_whatever_a_wording_matches_has_the_words_that_it_is_sure_to_have(
    wording: str, text: str
) -> None:
    for words in sure_words(wording):
        assert not words.isdisjoint(Reading(text).beginnings)
        assert words.isdisjoint(Reading("something else").beginnings)


def test_a_wording_must_have_a_word_to_look_for() -> None:
    with pytest.raises(ValueError, match="no word is sure"):
        sure_words(".*anything")
    with pytest.raises(ValueError, match="does not end"):
        sure_words("(?:a|b")


def test_a_wording_is_split_at_the_bars_outside_groups() -> None:
    assert alternatives_of("^a (?:b|c)|d[|]|e\\|f") == ("^a (?:b|c)", "d[|]", "e\\|f")
