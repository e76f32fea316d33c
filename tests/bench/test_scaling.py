"""What the bench `scaling` says of what is deployed."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest

from bench import scaling
from bench.scaling import LIMITS, Measured, Paper, Simulation, deployed_limits, measured_in

if TYPE_CHECKING:
    from pathlib import Path

MEASURED = Measured(cpu=0.004, tokens=444, quota_tokens=754, dollars=0.0003, rough=False)


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_is_the_most_that_the_formulas_allow(name: str) -> None:
    most, allows = deployed_limits(MEASURED)[name], LIMITS[name]

    assert allows(Paper.of(most, MEASURED))
    assert not allows(Paper.of(most + 1, MEASURED))


def test_short_questions_run_out_of_requests_before_tokens() -> None:
    limits = deployed_limits(MEASURED)

    assert limits["requests a minute"] < limits["tokens a minute"]


@pytest.mark.parametrize("a_day", [10_000, 100_000])
def test_the_quota_on_paper_lets_nearly_all_questions_through(a_day: int) -> None:
    paper = Paper.of(a_day, MEASURED)

    assert from_model(paper, paper.capacity) >= 0.99


def test_the_quota_that_is_deployed_serves_as_many_questions_as_its_limit_says() -> None:
    paper = Paper.of(min(deployed_limits(MEASURED).values()), MEASURED)

    assert from_model(paper, scaling.CAPACITY) >= 0.99


def test_more_requests_than_the_quota_allows_do_not_reach_the_model() -> None:
    paper = Paper.of(1_000_000, MEASURED)

    assert from_model(paper, scaling.CAPACITY) < 0.1


@pytest.mark.parametrize("short", [True, False])
def test_what_a_short_run_has_measured_is_rough(tmp_path: Path, *, short: bool) -> None:
    part = {"prompt": 1, "schema": 1, "completion": 1}
    for name, figures in {
        "per_request": {"this app": {"32": [4.0]}},
        "tokens": {"1": part, "2": part, "3": part},
    }.items():
        result = {"figures": figures, "short": short}
        (tmp_path / f"{name}.json").write_text(json.dumps(result))

    assert measured_in(tmp_path).rough is short


def from_model(paper: Paper, capacity: int) -> float:
    """Share of the questions that the quota lets through."""
    simulation = Simulation(paper, MEASURED, capacity, random.Random(1))
    simulation.run(5_000 / paper.rate)
    return simulation.model_share
