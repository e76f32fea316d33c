from __future__ import annotations

from typing import TYPE_CHECKING

import openai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.stand_in import DEPLOYMENT, Quota

if TYPE_CHECKING:
    from tests.stand_in.conftest import Ask
    from tests.support.stand_in import StandIn


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_sixth_of_the_minutes_requests_passes_in_ten_seconds(clock: Clock) -> None:
    quota = Quota(60, clock=clock)

    assert [quota.ask(1).granted for _ in range(12)] == [True] * 10 + [False] * 2


def test_the_next_window_starts_afresh(clock: Clock) -> None:
    quota = Quota(6, clock=clock)
    quota.ask(1)

    clock.now += 9.99
    assert not quota.ask(1).granted
    clock.now += 0.01
    assert quota.ask(1).granted


def test_unused_requests_of_a_window_are_lost(clock: Clock) -> None:
    quota = Quota(6, clock=clock)

    clock.now += 50

    assert [quota.ask(1).granted for _ in range(2)] == [True, False]


def test_tokens_are_counted_beside_requests(clock: Clock) -> None:
    quota = Quota(600, 6000, clock=clock)

    assert quota.ask(700).granted
    refused = quota.ask(400)
    assert (refused.granted, refused.exhausted) == (False, "tokens")
    assert quota.ask(300).granted


def test_a_request_larger_than_a_windows_tokens_passes_alone(clock: Clock) -> None:
    quota = Quota(None, 600, clock=clock)

    assert quota.ask(5000).granted
    assert not quota.ask(1).granted


def test_a_refusal_names_the_time_until_the_next_window(clock: Clock) -> None:
    quota = Quota(6, clock=clock)
    quota.ask(1)
    clock.now += 7.25

    headers = quota.ask(1).headers

    assert headers["retry-after"] == "3"
    assert headers["retry-after-ms"] == "2750"


def test_every_grant_says_what_is_left(clock: Clock) -> None:
    quota = Quota(60, 6000, clock=clock)

    headers = quota.ask(100).headers

    assert headers == {
        "x-ratelimit-limit-requests": "60",
        "x-ratelimit-remaining-requests": "9",
        "x-ratelimit-reset-requests": "10",
        "x-ratelimit-limit-tokens": "6000",
        "x-ratelimit-remaining-tokens": "900",
        "x-ratelimit-reset-tokens": "10",
    }


@given(st.integers(6, 120), st.lists(st.floats(0, 3, allow_nan=False), min_size=1, max_size=200))
def test_no_window_ever_grants_more_than_its_share(rpm: int, pauses: list[float]) -> None:
    clock = Clock()
    quota = Quota(rpm, clock=clock)
    granted: dict[int, int] = {}

    for pause in pauses:
        clock.now += pause
        window = int((clock.now - 1000) // 10)
        granted[window] = granted.get(window, 0) + quota.ask(1).granted

    assert max(granted.values()) <= rpm // 6


async def test_beyond_its_quota_a_deployment_answers_429_with_the_headers(
    ask: Ask, stand_in: StandIn
) -> None:
    stand_in.deployments[DEPLOYMENT].quota = Quota(6)
    await ask()

    with pytest.raises(openai.RateLimitError) as caught:
        await ask()

    assert 0 < int(caught.value.response.headers["retry-after"]) <= 10
    assert caught.value.response.headers["x-ratelimit-remaining-requests"] == "0"


async def test_a_requests_tokens_are_its_prompt_and_all_the_room_it_asks_for(
    ask: Ask, stand_in: StandIn
) -> None:
    stand_in.deployments[DEPLOYMENT].quota = Quota(None, 6000)
    await ask(max_completion_tokens=900)

    with pytest.raises(openai.RateLimitError, match="token"):
        await ask(max_completion_tokens=900)
