"""What headers say about waiting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.azure_openai.headers import (
    LONGEST_WAIT,
    UNSAID_RESET,
    Quota,
    longest_reset,
    quota,
    retry_after,
)

NOON = 1_767_268_800.0  # Thu, 01 Jan 2026 12:00:00 GMT


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "7", "retry-after-ms": "1250"}, 1.25),
        ({"retry-after": "Thu, 01 Jan 2026 12:00:30 GMT"}, 30),
        ({"retry-after": "Thu, 01 Jan 2026 11:00:00 GMT"}, 0),
        ({"retry-after": "999999"}, LONGEST_WAIT),
        ({"retry-after": "inf"}, LONGEST_WAIT),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after-ms": "soon", "retry-after": "2"}, 2),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, now=NOON) == seconds


@pytest.mark.parametrize(
    ("reset", "seconds"),
    [
        ("6", 6),
        ("6s", 6),
        ("250ms", 0.25),
        ("1m2.5s", 62.5),
        ("1h1m1s", 3600),
        ("6m0s", 360),
    ],
)
def test_a_reset_is_a_number_of_seconds_or_a_duration_with_units(
    reset: str, seconds: float
) -> None:
    headers = {"x-ratelimit-remaining-tokens": "12", "x-ratelimit-reset-tokens": reset}
    assert quota(headers, "tokens") == Quota(12, seconds)


def test_what_is_left_is_read_also_where_nothing_says_when_it_is_whole() -> None:
    assert quota({"x-ratelimit-remaining-requests": "0"}, "requests") == Quota(0, UNSAID_RESET)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"x-ratelimit-reset-tokens": "55"}, 55),
        ({"x-ratelimit-reset-tokens": "2s", "x-ratelimit-reset-requests": "500ms"}, 2),
        ({"x-ratelimit-reset-tokens": "later"}, None),
    ],
)
def test_the_longest_reset(headers: dict[str, str], seconds: float | None) -> None:
    assert longest_reset(headers) == seconds


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-ratelimit-remaining-requests": "many", "x-ratelimit-reset-requests": "1"},
        {"x-ratelimit-remaining-requests": "1", "x-ratelimit-reset-requests": "later"},
        {"x-ratelimit-remaining-requests": "-1", "x-ratelimit-reset-requests": "1"},
        {"x-ratelimit-remaining-requests": "Infinity", "x-ratelimit-reset-requests": "1"},
    ],
)
def test_headers_that_say_nothing_clear_say_nothing(headers: dict[str, str]) -> None:
    assert quota(headers, "requests") is None


@given(st.text(), st.text())
def test_no_header_breaks_the_reading(one: str, other: str) -> None:
    wait = retry_after({"retry-after": one, "retry-after-ms": other})
    names = ("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests")
    left = quota(dict(zip(names, (one, other), strict=True)), "requests")
    assert wait is None or 0 <= wait <= LONGEST_WAIT
    assert left is None or 0 <= left.reset_seconds <= LONGEST_WAIT
