"""A topic is what somebody typed, without the words that lead up to it."""

from __future__ import annotations

import pytest

from shared.errors import UnsuitableTopic
from shared.generation.suitability import suitable_topic


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("describe a long walk", "a long walk"),
        ("Talk about kites", "kites"),
        ("please ask me about trains", "trains"),
        ("questions about bread", "bread"),
        ("talking to strangers", "talking to strangers"),
        ("describe", "describe"),
        (None, None),
        ("", None),
    ],
)
def test_what_leads_up_to_a_topic_is_no_part_of_it(typed: str | None, topic: str | None) -> None:
    assert suitable_topic(typed) == topic


def test_words_that_lead_up_to_an_avoided_subject_do_not_hide_it() -> None:
    with pytest.raises(UnsuitableTopic):
        suitable_topic("talk about religion")
