from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.ielts.models import Part
from tests.evaluation.conftest import banked, card, discussion, frame, report_of, written
from tools.evaluation import measure, published
from tools.evaluation.measure import find_twins, percentile

if TYPE_CHECKING:
    from tools.evaluation.records import Figure, Record


def figure(records: list[Record], group: str, label: str) -> Figure:
    figures = report_of(*records).figures
    [found] = [f for f in figures if (f.group, f.label) == (group, label)]
    return found


def labels(records: list[Record], group: str) -> list[str]:
    return [f.label for f in report_of(*records).figures if f.group == group]


def test_outcomes_are_shares_of_all_items() -> None:
    records = [
        written(frame()),
        written(frame(), repairs=1),
        banked(frame(), "timeout"),
        banked(frame(), "timeout"),
    ]

    assert figure(records, measure.OUTCOME, measure.FIRST_TRY).value == 0.25
    assert figure(records, measure.OUTCOME, measure.AFTER_REPAIR).value == 0.25
    assert figure(records, measure.OUTCOME, measure.FROM_BANK).value == 0.5
    assert figure(records, measure.BANK_REASON, "timeout").value == 0.5


def test_a_rule_counts_once_for_an_item_however_often_it_broke_it() -> None:
    records = [written(frame(), broken_rules=("markup", "markup")), written(frame())]

    assert figure(records, measure.DRAFTS, "markup").value == 0.5


def test_warnings_are_looked_for_on_delivered_items() -> None:
    without_mark = frame("Do you often sit in the sun")

    assert "question-mark" in labels([written(without_mark)], measure.DELIVERED)


def test_texts_are_measured_on_the_models_items_alone() -> None:
    records = [written(frame("Do you swim?")), banked(frame("Where do you swim?"))]

    assert figure(records, published.FIRST_WORDS, "do").sample == 4


def test_texts_are_measured_on_the_banks_items_where_the_model_delivered_none() -> None:
    assert figure([banked(frame())], published.FIRST_WORDS, "do").sample == 4


def test_lengths_come_with_the_published_percentile() -> None:
    median = figure([written(card())], measure.length_label("Bullet"), "p50")

    assert (median.value, median.published, median.sample) == (3, 6, 3)


def test_first_words_are_shares_and_the_rest_is_other() -> None:
    records = [written(frame("Do you run?", "Do you swim?", "What is near you?", "Or do you row?"))]

    assert figure(records, published.FIRST_WORDS, "do").value == 0.5
    assert figure(records, published.FIRST_WORDS, "what").value == 0.25
    assert figure(records, published.FIRST_WORDS, "other").value == 0.25


def test_an_exclusive_spread_adds_up_to_one() -> None:
    figures = report_of(written(frame()), written(card()), written(discussion())).figures

    for group in (published.FIRST_WORDS, published.CLOSINGS, published.BULLET_STARTS):
        for part in {f.part for f in figures if f.group == group}:
            shares = [f.value for f in figures if (f.part, f.group) == (part, group)]
            assert sum(shares) == pytest.approx(1)


def test_published_exclusive_spreads_add_up_to_one() -> None:
    for spreads in published.SPREADS.values():
        for spread in spreads.values():
            if spread.exclusive:
                assert sum(spread.labels.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("sign", "question"),
    [
        (published.TO_WHAT_EXTENT, "To what extent are parks useful?"),
        (published.ROLE, "What role do parks have?"),
        (published.SOCIETY, "Are parks good for society?"),
        (published.PERSONAL, "Do you go to your park every day of the week?"),
        (published.PROBE, "Are parks free? Why?"),
        (published.SECOND_QUESTION, "Are parks free? What would change if they were not?"),
    ],
)
def test_a_sign_is_the_share_of_questions_that_show_it(sign: str, question: str) -> None:
    plain = ["Are parks green?", "Are trees tall?", "Is grass wet?", "Is soil dark?", "Is it hot?"]

    found = figure([written(discussion(question, *plain))], measure.WORDING, sign)

    assert found.value == pytest.approx(1 / 6)


def test_do_you_think_and_your_country_are_not_personal() -> None:
    impersonal = ["Do you think parks in your country are green?"] * 6

    found = figure([written(discussion(*impersonal))], measure.WORDING, published.PERSONAL)

    assert found.value == 0


def test_long_words_are_counted_for_each_question() -> None:
    heavy = ["Is technology international?", *["Is it hot?"] * 5]

    found = figure([written(discussion(*heavy))], measure.WORDING, published.LONG_WORDS)

    assert found.value == pytest.approx(2 / 6)


def test_effort_is_that_of_the_items_a_model_was_asked_for() -> None:
    records = [
        written(frame(), latency_ms=1000, prompt_tokens=100),
        written(frame(), latency_ms=3000, prompt_tokens=300),
    ]

    assert figure(records, measure.EFFORT, "latency, p50").value == 2000
    assert figure(records, measure.EFFORT, "prompt tokens, p95").value == pytest.approx(290)
    assert labels([banked(frame(), reason=None)], measure.EFFORT) == []


def test_a_question_like_one_of_an_earlier_item_is_found() -> None:
    first = frame("Do you enjoy painting pictures of animals?", topic="art")
    second = frame("Do you enjoy painting animal pictures?", topic="animals")
    others = ["Is rain common?", "Whose umbrella is it?", "When did it snow?"]
    again = second.model_copy(update={"questions": [second.questions[0], *others]})

    [twins] = find_twins([written(first), written(again)])

    assert (twins.first, twins.second) == (first.questions[0], again.questions[0])


def test_an_entry_of_the_bank_that_came_twice_is_no_finding() -> None:
    assert find_twins([banked(frame()), banked(frame())]) == ()


def test_a_model_that_writes_what_the_bank_has_is_a_finding() -> None:
    assert len(find_twins([banked(frame()), written(frame())])) == 4


def test_the_same_words_in_another_part_are_no_finding() -> None:
    question = "Do you think children should learn to grow food?"

    assert find_twins([written(frame(question)), written(discussion(question))]) == ()


@pytest.mark.parametrize(("percent", "value"), [(0, 1), (50, 2.5), (100, 4), (25, 1.75)])
def test_percentiles_are_interpolated(percent: float, value: float) -> None:
    assert percentile([4, 1, 3, 2], percent) == value


@given(st.lists(st.integers(0, 1000), min_size=1), st.floats(0, 100), st.floats(0, 100))
def test_percentiles_grow_and_stay_among_the_values(
    values: list[int], one: float, other: float
) -> None:
    low, high = sorted((one, other))

    assert min(values) <= percentile(values, low) <= percentile(values, high) + 1e-9
    assert percentile(values, high) <= max(values)


def test_there_is_no_percentile_of_nothing() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)


def test_only_parts_with_items_have_figures() -> None:
    assert {f.part for f in report_of(written(card())).figures} == {Part.LONG_TURN}
