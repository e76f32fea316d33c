from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.rate_limiting.policy import Policy
from shared.settings import SettingsError, load_settings


@given(st.integers(1, 999_999_999), st.sampled_from(["second", "minute", "hour", "day"]))
def test_every_rate_that_the_settings_accept_can_be_applied(amount: int, unit: str) -> None:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("RATE_LIMIT_READING", f"{amount}/{unit}")

        policy = Policy.parse("reading", load_settings().rate_limit_reading)

    seconds = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
    assert (policy.quota, policy.window) == (amount, seconds[unit])


@pytest.mark.parametrize(
    "rate", ["60", "0/minute", "-1/minute", "60/fortnight", "60/minute;1/second", "many", "1.5/day"]
)
def test_a_rate_in_another_notation_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, rate: str
) -> None:
    monkeypatch.setenv("RATE_LIMIT_GENERATION", rate)

    with pytest.raises(SettingsError, match=r"RATE_LIMIT_GENERATION: write it as '60/minute'"):
        load_settings()


@pytest.mark.parametrize(
    "url",
    [
        "http://u:s3cr3t@cache:6380",
        "redis://u:s3cr3t@cache",
        "rediss://u:s3cr3t@:6380",
        "rediss://u:s3cr3t@cache:port",
        "redis+cluster://u:s3cr3t@cache:6380",
        "rediss://u:s3cr3t@cache:6380/first",
        "rediss://u:s3cr3t@cache:6380?ssl=true",  # an option that the client does not know
        "s3cr3t",
    ],
)
def test_an_address_that_is_not_redis_stops_the_start_without_being_shown(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("RATE_LIMIT_STORAGE_URL", url)
    monkeypatch.setenv("SUBJECT_KEY", "k")

    with pytest.raises(SettingsError, match="RATE_LIMIT_STORAGE_URL: must be rediss://") as failure:
        load_settings()

    assert "s3cr3t" not in str(failure.value)


@pytest.mark.parametrize("path", ["", "/", "/3"])
def test_an_address_may_name_one_of_redis_s_databases(
    monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setenv("RATE_LIMIT_STORAGE_URL", f"rediss://u:s3cr3t@cache:6380{path}")
    monkeypatch.setenv("SUBJECT_KEY", "k")

    assert load_settings().rate_limit_storage_url is not None


def test_shared_counts_need_a_shared_key_for_the_hash_of_subjects(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RATE_LIMIT_STORAGE_URL", "rediss://:s3cr3t@cache:6380")

    with pytest.raises(SettingsError, match="also set SUBJECT_KEY"):
        load_settings()
