from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.ielts.models import Part
from tools.evaluation.chance import better, differ, far_from_published, shares_differ
from tools.evaluation.records import Aim, Figure, Unit


def share(value: float, sample: int = 400, aim: Aim = Aim.PUBLISHED) -> Figure:
    return Figure(
        part=Part.DISCUSSION,
        group="Wording",
        label="a label",
        value=value,
        unit=Unit.SHARE,
        sample=sample,
        aim=aim,
        published=0.2,
        published_sample=381,
    )


def median(value: float, label: str = "p50") -> Figure:
    return share(value).model_copy(update={"unit": Unit.WORDS, "label": label, "published": 10})


def test_a_share_far_off_in_a_large_sample_is_far_from_published() -> None:
    assert far_from_published(share(0.4))


def test_the_same_share_in_a_small_sample_may_be_chance() -> None:
    assert not far_from_published(share(0.4, sample=10))


def test_one_text_is_always_chance() -> None:
    assert not shares_differ(1 / 18, 18, 0.0, 381)


def test_less_of_what_gives_machines_away_is_never_a_fault() -> None:
    assert not far_from_published(share(0.0, aim=Aim.LESS))
    assert far_from_published(share(0.4, aim=Aim.LESS))


def test_of_lengths_only_the_median_counts() -> None:
    assert far_from_published(median(13))
    assert not far_from_published(median(11))
    assert not far_from_published(median(13, label="max"))
    assert not differ(median(10, "max"), median(20, "max"))


def tokens(value: float, error: float | None) -> Figure:
    return share(value).model_copy(update={"unit": Unit.TOKENS, "error": error})


def test_time_and_tokens_differ_from_a_tenth_on() -> None:
    assert not differ(tokens(100, 0), tokens(105, 0))
    assert differ(tokens(100, 0), tokens(120, 0))


def test_time_and_tokens_that_vary_differ_by_three_standard_errors() -> None:
    assert not differ(tokens(100, 10), tokens(140, 10))
    assert differ(tokens(100, 10), tokens(145, 10))


def test_where_nobody_knows_how_much_a_figure_varies_it_does_not_differ() -> None:
    assert not differ(tokens(100, None), tokens(500, 0))


def test_better_is_nearer_to_the_published_figure() -> None:
    assert better(share(0.25), share(0.4))
    assert not better(share(0.4), share(0.25))


@pytest.mark.parametrize(("aim", "higher_is_better"), [(Aim.MORE, True), (Aim.LESS, False)])
def test_better_follows_the_aim(aim: Aim, *, higher_is_better: bool) -> None:
    assert better(share(0.9, aim=aim), share(0.1, aim=aim)) is higher_is_better


@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 50))
def test_differing_is_symmetrical(one: int, n: int, other: int, m: int) -> None:
    first, second = min(one, n) / n, min(other, m) / m

    assert shares_differ(first, n, second, m) == shares_differ(second, m, first, n)
