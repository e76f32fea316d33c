"""The index must find whatever the comparison, word by word, would call a duplicate."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.ielts.bank.matching import entries
from shared.ielts.likeness import near_duplicate
from shared.ielts.models import Part
from shared.storage.likeness_index import fingerprint, likeness_keys, topic_key

WORDS = [
    *("market", "river", "teacher", "holiday", "journey", "kitchen", "garden", "museum"),
    *("library", "concert", "neighbour", "childhood", "building", "weather", "language"),
    *("festival", "bicycle", "picture", "letter", "village"),
]
questions = st.lists(st.sampled_from(WORDS), min_size=3, max_size=9, unique=True)


@given(words=questions, data=st.data())
def test_a_question_with_one_word_changed_is_found(words: list[str], data: st.DataObject) -> None:
    changed = list(words)
    place = data.draw(st.integers(0, len(words) - 1))
    changed[place] = data.draw(st.sampled_from(sorted(set(WORDS) - set(words))))

    assert likeness_keys(2, " ".join(words)) & likeness_keys(2, " ".join(changed))


@given(words=questions, data=st.data())
def test_a_question_with_a_word_more_or_less_is_found(
    words: list[str], data: st.DataObject
) -> None:
    dropped = data.draw(st.sampled_from(words))
    shorter = [word for word in words if word != dropped]

    assert likeness_keys(2, " ".join(words)) & likeness_keys(2, " ".join(shorter))


@given(words=st.lists(st.sampled_from(WORDS), min_size=6, max_size=9, unique=True), data=st.data())
def test_a_longer_question_with_two_words_changed_is_found(
    words: list[str], data: st.DataObject
) -> None:
    others = st.sampled_from(sorted(set(WORDS) - set(words)))
    first, second = data.draw(st.lists(others, min_size=2, max_size=2, unique=True))
    changed = [first, second, *data.draw(st.permutations(words))[2:]]
    found = likeness_keys(2, " ".join(words)) & likeness_keys(2, " ".join(changed))

    assert found or not near_duplicate(" ".join(changed), [" ".join(words)])


@given(words=questions)
def test_the_order_of_the_words_does_not_matter(words: list[str]) -> None:
    assert likeness_keys(1, " ".join(words)) == likeness_keys(1, " ".join(reversed(words)))


def test_a_text_has_ten_keys_at_most_and_fits_a_64_bit_column() -> None:
    keys = likeness_keys(3, " ".join(WORDS))

    assert len(keys) == 10
    assert all(-(2**63) <= key < 2**63 for key in keys)


def test_a_text_of_common_words_only_has_none() -> None:
    assert likeness_keys(1, "What is it that you do?") == frozenset()


def test_parts_share_no_keys() -> None:
    text = "river market teacher"

    assert not likeness_keys(2, text) & likeness_keys(3, text)


def test_few_of_the_banks_cards_look_alike_to_the_index() -> None:
    cards = [entry.item(Part.LONG_TURN) for entry in entries(Part.LONG_TURN)]
    keys = [likeness_keys(2, card.cue_card.describe) for card in cards if card.part == 2]
    pairs = sum(bool(one & other) for place, one in enumerate(keys) for other in keys[:place])

    assert pairs < len(keys)


def test_case_and_punctuation_do_not_change_a_fingerprint_but_words_do() -> None:
    assert fingerprint(("Do you cook?",)) == fingerprint(("do  you cook",))
    assert fingerprint(("Do you cook?",)) != fingerprint(("Do you bake?",))


def test_forms_of_a_topic_have_one_key() -> None:
    assert topic_key("A long journey") == topic_key("long journeys")
    assert topic_key("???") == "???"
