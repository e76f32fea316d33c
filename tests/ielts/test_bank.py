"""The bank reads like the exam: every item by the rules, and the whole by the published figures."""

from __future__ import annotations

import itertools
import re
from collections import Counter

import pytest

from shared.ielts.bank.entries import FrameEntry, TopicSet, frames, topic_sets
from shared.ielts.bank.matching import Match, ranked
from shared.ielts.catalogue import catalogue
from shared.ielts.likeness import near_duplicate
from shared.ielts.models import Discussion, LongTurn, Part
from shared.ielts.rules import Severity, check_belongs, check_question

SETS = [entry for group in topic_sets().values() for entry in group]
FRAMES = [entry for group in frames().values() for entry in group]
PART_1 = [question for frame in FRAMES for question in frame.questions]
PART_3 = [question for entry in SETS for theme in entry.themes for question in theme.questions]
BULLETS = [bullet for entry in SETS for bullet in entry.cue_card.bullets]
PROBE = re.compile(r" \[Why(?:/Why not)?\?\]$")


def first_words(texts: list[str]) -> Counter[str]:
    return Counter(text.split()[0].lower() for text in texts)


def share(count: int, texts: list[str]) -> float:
    return 100 * count / len(texts)


def test_it_has_at_least_150_topic_sets_and_60_frames() -> None:
    assert len(SETS) >= 150
    assert len(FRAMES) >= 60


def test_ids_and_topics_are_unique() -> None:
    for entries in (SETS, FRAMES):
        assert len({entry.id for entry in entries}) == len(entries)
        assert len({entry.topic for entry in entries}) == len(entries)


@pytest.mark.parametrize("entry", SETS, ids=lambda entry: entry.id)
def test_no_rule_rejects_a_topic_set(entry: TopicSet) -> None:
    long_turn, discussion = entry.item(Part.LONG_TURN), entry.item(Part.DISCUSSION)
    assert isinstance(long_turn, LongTurn)
    assert isinstance(discussion, Discussion)

    findings = [
        *check_question(long_turn),
        *check_question(discussion),
        *check_belongs(discussion, long_turn),
    ]

    assert [finding for finding in findings if finding.severity is Severity.REJECT] == []


@pytest.mark.parametrize("entry", FRAMES, ids=lambda entry: entry.id)
def test_no_rule_rejects_a_frame(entry: FrameEntry) -> None:
    findings = check_question(entry.item(Part.INTERVIEW))

    assert [finding for finding in findings if finding.severity is Severity.REJECT] == []


@pytest.mark.parametrize(
    "texts",
    [PART_1, PART_3, [entry.cue_card.describe for entry in SETS]],
    ids=["part 1", "part 3", "describe lines"],
)
def test_no_two_questions_are_nearly_alike(texts: list[str]) -> None:
    alike = [
        (text, other)
        for text, other in itertools.combinations(texts, 2)
        if near_duplicate(text, [other])
    ]

    assert alike == []


def test_kinds_of_cue_card_are_varied() -> None:
    kinds = Counter(entry.kind for entry in SETS)

    assert len(kinds) == 7
    assert min(kinds.values()) >= len(SETS) * 0.04


def test_at_least_four_frames_open_a_test() -> None:
    assert sum(frame.core for frame in FRAMES) >= 4


def test_long_words_in_part_3_are_as_rare_as_published() -> None:
    long_words = sum(
        len(word) >= 10 for text in PART_3 for word in re.findall(r"[a-z]+", text, re.IGNORECASE)
    )

    assert long_words / len(PART_3) <= 0.6


@pytest.mark.parametrize(
    ("phrase", "most"), [("to what extent", 1.0), ("role", 1.5), ("society", 4.0)]
)
def test_machine_phrases_in_part_3_are_as_rare_as_published(phrase: str, most: float) -> None:
    count = sum(phrase in text.lower() for text in PART_3)

    assert share(count, PART_3) <= most


@pytest.mark.parametrize(
    ("word", "published"),
    [("do", 23), ("what", 20), ("how", 19), ("have", 5), ("did", 4), ("when", 4), ("is", 4)],
)
def test_part_1_begins_as_published(word: str, published: float) -> None:
    assert abs(share(first_words(PART_1)[word], PART_1) - published) <= 6


@pytest.mark.parametrize(
    ("word", "published"),
    [("what", 26), ("do", 24), ("how", 16), ("why", 13), ("in", 3), ("which", 2), ("are", 2)],
)
def test_part_3_begins_as_published(word: str, published: float) -> None:
    assert abs(share(first_words(PART_3)[word], PART_3) - published) <= 6


@pytest.mark.parametrize(
    ("word", "published"),
    [("what", 44), ("who", 14), ("how", 12), ("where", 11), ("why", 10), ("when", 6)],
)
def test_bullets_begin_as_published(word: str, published: float) -> None:
    assert abs(share(first_words(BULLETS)[word], BULLETS) - published) <= 6


def test_about_seven_of_ten_part_1_questions_carry_a_probe() -> None:
    probed = sum(PROBE.search(text) is not None for text in PART_1)

    assert 60 <= share(probed, PART_1) <= 80


def test_part_1_speaks_to_the_candidate() -> None:
    personal = sum(re.search(r"\byour?s?\b", text, re.IGNORECASE) is not None for text in PART_1)

    assert share(personal, PART_1) >= 95


def test_the_catalogue_has_at_least_200_topics() -> None:
    names = {topic for part in catalogue().values() for group in part.values() for topic in group}

    assert len(names) >= 200


@pytest.mark.parametrize(
    ("typed", "part", "found"),
    [
        ("a journey", Part.LONG_TURN, "journey"),
        ("A Memorable JOURNEY", Part.LONG_TURN, "journey"),
        ("jeurney", Part.LONG_TURN, "journey"),
        ("smartphones", Part.LONG_TURN, "phone"),
        ("music", Part.LONG_TURN, "music"),
        ("cooking", Part.LONG_TURN, "cook"),
        ("robots", Part.INTERVIEW, "robots"),
        ("a gift you gave", Part.LONG_TURN, "present"),
    ],
)
def test_a_topic_that_somebody_types_finds_its_entry(typed: str, part: Part, found: str) -> None:
    assert any(match.fits and found in match.entry.topic for match in ranked(typed, part)[:3])


@pytest.mark.parametrize("part", [Part.INTERVIEW, Part.LONG_TURN])
@pytest.mark.parametrize(
    "typed",
    ["quantum physics", "zeppelins", "xyzzy", "climate change", "my brother", "horses"],
)
def test_a_topic_that_the_bank_does_not_have_finds_nothing(typed: str, part: Part) -> None:
    assert ranked(typed, part) == []


@pytest.mark.parametrize(
    ("typed", "part", "touched"),
    [
        ("street food", Part.INTERVIEW, "your neighbourhood"),
        ("police station", Part.LONG_TURN, "an airport or station"),
        ("classical music", Part.LONG_TURN, "a film or game with good music"),
    ],
)
def test_an_entry_on_half_of_a_topic_comes_near_it_and_does_not_fit(
    typed: str, part: Part, touched: str
) -> None:
    assert {match.entry.topic: match.fits for match in ranked(typed, part)}[touched] is False


@pytest.mark.parametrize(
    ("typed", "part", "other"),
    [
        ("cooking", Part.INTERVIEW, "soup"),
        ("space exploration", Part.LONG_TURN, "a wild place in a town"),
        ("headphones", Part.LONG_TURN, "a phone that stopped working"),
        ("planets", Part.LONG_TURN, "a plant you looked after"),
        ("towns", Part.LONG_TURN, "a wild place in a town"),
    ],
)
def test_a_word_in_passing_does_not_make_an_entry_fit(typed: str, part: Part, other: str) -> None:
    assert other not in [match.entry.topic for match in ranked(typed, part)]


def test_a_topic_as_wide_as_a_category_finds_its_entries() -> None:
    assert ranked("people", Part.LONG_TURN)[0].entry in topic_sets()["people"]


@pytest.mark.parametrize("entry", SETS, ids=lambda entry: entry.id)
def test_a_topic_of_the_catalogue_finds_itself(entry: TopicSet) -> None:
    assert ranked(entry.topic, Part.LONG_TURN)[0] == Match(entry, fits=True)
