from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.rate_limiting.limiter import RateLimiter
from shared.rate_limiting.memory import WorkerMemory
from shared.telemetry.pseudonym import pseudonym
from tests.rate_limiting.conftest import MIDNIGHT
from tests.support.issuer import Clock

RATES = {"generation": "3/minute", "reading": "5/minute"}
QUOTAS = {"candidate": 10, "examiner": 20, "admin": None}


@pytest.fixture
def memory(clock: Clock) -> WorkerMemory:
    return WorkerMemory(clock)


@pytest.fixture
def limiter(memory: WorkerMemory, clock: Clock) -> RateLimiter:
    return RateLimiter(memory, RATES, QUOTAS, clock)


async def grants(limiter: RateLimiter, subject: str, endpoint_class: str, times: int) -> list[bool]:
    return [(await limiter.count_request(subject, endpoint_class)).granted for _ in range(times)]


async def test_requests_up_to_the_rate_are_granted_and_no_more(limiter: RateLimiter) -> None:
    assert await grants(limiter, "ann", "generation", 5) == [True, True, True, False, False]


async def test_each_subject_has_a_rate_of_its_own(limiter: RateLimiter) -> None:
    await grants(limiter, "ann", "generation", 4)

    assert await grants(limiter, "ben", "generation", 1) == [True]


async def test_each_endpoint_class_has_a_rate_of_its_own(limiter: RateLimiter) -> None:
    await grants(limiter, "ann", "generation", 4)

    assert await grants(limiter, "ann", "reading", 6) == [True] * 5 + [False]


async def test_the_standing_says_what_remains_and_when_it_renews(
    limiter: RateLimiter, clock: Clock
) -> None:
    clock.now += 12.5

    standing = await limiter.count_request("ann", "generation")

    assert (standing.policy.quota, standing.policy.window) == (3, 60)
    assert (standing.remaining, standing.renews_in) == (2, 47.5)


async def test_the_rate_renews_when_the_window_ends_and_not_before(
    limiter: RateLimiter, clock: Clock
) -> None:
    refused = [await limiter.count_request("ann", "generation") for _ in range(4)][-1]

    clock.now += refused.renews_in - 0.001
    assert await grants(limiter, "ann", "generation", 1) == [False]

    clock.now += 0.001
    assert await grants(limiter, "ann", "generation", 1) == [True]


async def test_the_quota_takes_all_items_or_none(limiter: RateLimiter) -> None:
    await limiter.spend("ann", {"candidate"}, 8)

    too_many = await limiter.spend("ann", {"candidate"}, 5)
    fitting = await limiter.spend("ann", {"candidate"}, 2)

    assert too_many is not None
    assert (too_many.granted, too_many.remaining) == (False, 2)
    assert fitting is not None
    assert (fitting.granted, fitting.remaining) == (True, 0)


async def test_the_quota_renews_at_midnight_utc(limiter: RateLimiter, clock: Clock) -> None:
    clock.now += 23 * 3600
    await limiter.spend("ann", {"candidate"}, 10)

    refused = await limiter.spend("ann", {"candidate"}, 1)
    assert refused is not None
    assert (refused.granted, refused.renews_in) == (False, 3600)

    clock.now += 3600
    renewed = await limiter.spend("ann", {"candidate"}, 1)
    assert renewed is not None
    assert renewed.granted


@pytest.mark.parametrize(
    ("roles", "quota"),
    [({"candidate"}, 10), ({"examiner"}, 20), ({"candidate", "examiner", "unknown"}, 20)],
)
async def test_the_most_generous_role_sets_the_quota(
    limiter: RateLimiter, roles: set[str], quota: int
) -> None:
    standing = await limiter.spend("ann", roles, 1)

    assert standing is not None
    assert standing.policy.quota == quota


async def test_a_role_without_a_quota_spends_nothing(limiter: RateLimiter) -> None:
    assert await limiter.spend("ann", {"candidate", "admin"}, 1_000_000) is None


async def test_roles_that_nobody_declared_may_generate_nothing(limiter: RateLimiter) -> None:
    standing = await limiter.spend("ann", {"unknown"}, 1)

    assert standing is not None
    assert not standing.granted


async def test_what_is_given_back_can_be_spent_again(limiter: RateLimiter) -> None:
    spent = await limiter.spend("ann", {"candidate"}, 10)
    assert spent is not None

    back = await limiter.give_back(spent, 10)
    again = await limiter.spend("ann", {"candidate"}, 10)

    assert back.remaining == 10
    assert again is not None
    assert again.granted


async def test_subjects_are_kept_as_keyed_hashes_only(
    limiter: RateLimiter, memory: WorkerMemory
) -> None:
    await limiter.count_request("ann@example.com", "reading")

    [key] = memory.storage
    assert "ann" not in key
    assert pseudonym("ann@example.com") in key


@given(st.lists(st.integers(1, 12), max_size=30))
async def test_however_it_is_asked_for_nobody_gets_more_than_the_quota(costs: list[int]) -> None:
    clock = Clock(MIDNIGHT)
    limiter = RateLimiter(WorkerMemory(clock), RATES, QUOTAS, clock)
    had = 0

    for cost in costs:
        standing = await limiter.spend("ann", {"candidate"}, cost)
        assert standing is not None
        assert standing.granted == (had + cost <= 10)
        had += cost if standing.granted else 0
        assert standing.remaining == 10 - had
