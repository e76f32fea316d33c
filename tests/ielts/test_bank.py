"""The bank reads like the exam: every item by the rules, and the whole by the published figures."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from pathlib import Path

import pytest

from shared.ielts.bank.entries import FrameEntry, TopicSet, frames, topic_sets
from shared.ielts.bank.matching import Match, ranked
from shared.ielts.catalogue import catalogue
from shared.ielts.likeness import near_duplicate
from shared.ielts.models import Discussion, LongTurn, Part
from shared.ielts.rules import Severity, check_belongs, check_question
from tools.evaluation.published import OTHER, SIGNS, SPREADS
from tools.evaluation.signs import SHOWN_BY
from tools.evaluation.spreads import LABELLED_BY
from tools.evaluation.texts import measured_texts

SETS = [entry for group in topic_sets().values() for entry in group]
FRAMES = [entry for group in frames().values() for entry in group]
PART_1 = [question for frame in FRAMES for question in frame.questions]
PART_3 = [question for entry in SETS for theme in entry.themes for question in theme.questions]
ROUNDING_OFF = [question for entry in SETS for question in entry.rounding_off]
PLAIN_TOPICS = (Path(__file__).parent / "data" / "plain_topics.txt").read_text("utf-8").splitlines()
TEXTS = measured_texts(
    [frame.item(Part.INTERVIEW) for frame in FRAMES]
    + [entry.item(part) for entry in SETS for part in (Part.LONG_TURN, Part.DISCUSSION)]
)

SPOKEN = {"topic", "questions", "cue_card", "rounding_off", "themes"}
AMERICAN = re.compile(
    r"\b(?:behavior|center|color|cozy|favor|flavor|gray|harbor|honor|humor(?!ous)|jewelry"
    r"|labor(?!at)|mom\b|neighbor|pajama|rumor|theater|travel(?:er|ed|ing)"
    r"|(?:apolog|critic|memor|organ|real|recogn|special)iz)"
)


def near(found: float, published: float) -> bool:
    """Whether a share of the bank is within a third of the published one, or four points."""
    return abs(found - published) <= max(published / 3, 0.04)


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


def test_its_spelling_is_british() -> None:
    written = " ".join(
        text
        for entry in (*FRAMES, *SETS)
        for text in (entry.topic, entry.model_dump_json(include=SPOKEN))
    )

    assert AMERICAN.findall(written.lower()) == []


@pytest.mark.parametrize(
    "texts",
    [PART_1, PART_3, [entry.cue_card.describe for entry in SETS], ROUNDING_OFF],
    ids=["part 1", "part 3", "describe lines", "rounding off"],
)
def test_no_two_questions_are_nearly_alike(texts: list[str]) -> None:
    alike = [
        (text, other)
        for text, other in itertools.combinations(texts, 2)
        if near_duplicate(text, [other])
    ]

    assert alike == []


def test_no_two_themes_have_the_same_name() -> None:
    named = Counter(theme.theme.lower() for entry in SETS for theme in entry.themes)

    assert [name for name, count in named.items() if count > 1] == []


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
    ("part", "group", "label", "published"),
    [
        pytest.param(part, group, label, usual, id=f"part {part:d}: {group}: {label}")
        for part, spreads in SPREADS.items()
        for group, spread in spreads.items()
        for label, usual in spread.labels.items()
    ],
)
def test_first_words_and_kinds_are_spread_as_published(
    part: Part, group: str, label: str, published: float
) -> None:
    measured, labels_of = LABELLED_BY[part, group]
    named = SPREADS[part][group].labels
    found = [
        label in {each if each in named else OTHER for each in labels_of(text)}
        for text in TEXTS[measured]
    ]

    assert near(sum(found) / len(found), published)


@pytest.mark.parametrize(
    ("part", "sign", "published"),
    [
        pytest.param(part, label, sign.value, id=f"part {part:d}: {label}")
        for part, signs in SIGNS.items()
        for label, sign in signs.items()
        if not sign.machine
    ],
)
def test_questions_show_what_published_ones_show(part: Part, sign: str, published: float) -> None:
    questions = {Part.INTERVIEW: PART_1, Part.DISCUSSION: PART_3}[part]
    shown = sum(SHOWN_BY[sign](text) for text in questions)

    assert near(shown / len(questions), published)


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
    assert any(match.fits and found in match.entry.topic for match in [*ranked(typed, part)][:3])


@pytest.mark.parametrize("part", [Part.INTERVIEW, Part.LONG_TURN])
@pytest.mark.parametrize("typed", PLAIN_TOPICS)
def test_the_plainest_topics_are_there(typed: str, part: Part) -> None:
    assert next(ranked(typed, part)).fits


@pytest.mark.parametrize("part", [Part.INTERVIEW, Part.LONG_TURN])
@pytest.mark.parametrize(
    "typed",
    ["quantum physics", "zeppelins", "xyzzy", "climate change", "my brother", "horses"],
)
def test_a_topic_that_the_bank_does_not_have_finds_nothing(typed: str, part: Part) -> None:
    assert [*ranked(typed, part)] == []


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
    assert next(ranked("people", Part.LONG_TURN)).entry in topic_sets()["people"]


@pytest.mark.parametrize("entry", SETS, ids=lambda entry: entry.id)
def test_a_topic_of_the_catalogue_finds_itself(entry: TopicSet) -> None:
    assert next(ranked(entry.topic, Part.LONG_TURN)) == Match(entry, fits=True)
