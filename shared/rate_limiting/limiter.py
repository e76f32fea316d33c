"""The limiter: what each subject may still have."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from shared.rate_limiting.failover import FailoverCounters
from shared.rate_limiting.memory import WorkerMemory
from shared.rate_limiting.policy import Policy, Standing
from shared.telemetry.pseudonym import pseudonym

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from shared.rate_limiting.counters import Counters

_DAY = 86_400
_QUOTA_NAME = "daily-items"
_NO_QUOTA = Policy(_QUOTA_NAME, 0, _DAY)
"""Of a role that was given none: nothing at all."""
_ANSWER_SECONDS = 0.25


def counters(redis_url: str | None) -> Counters:
    """Counters in Redis, with the worker's memory to fall back on; without an address, only that.

    Args:
        redis_url: redis:// or rediss://, with its password: never logged.

    """
    if redis_url is None:
        return WorkerMemory()
    from shared.rate_limiting.redis_counters import redis_counters  # noqa: PLC0415 - only where it is used

    shared = redis_counters(redis_url, _ANSWER_SECONDS)
    return FailoverCounters(shared, WorkerMemory(), _ANSWER_SECONDS)


class RateLimiter:
    """Counts requests and items by subject.

    Args:
        counters: where the counts are kept.
        rates: by endpoint class, how many requests ("60/minute").
        daily_items: by role, how many items a day; None for no quota.
        clock: seconds since the epoch.

    """

    def __init__(
        self,
        counters: Counters,
        rates: Mapping[str, str],
        daily_items: Mapping[str, int | None],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._counters = counters
        self._rates = {name: Policy.parse(name, rate) for name, rate in rates.items()}
        self._quotas = {
            role: None if items is None else Policy(_QUOTA_NAME, items, _DAY)
            for role, items in daily_items.items()
        }
        self._clock = clock

    async def count_request(self, subject: str, endpoint_class: str) -> Standing:
        """Count one request to an endpoint of the class."""
        return await self._take(self._rates[endpoint_class], subject, 1)

    async def spend(self, subject: str, roles: Collection[str], items: int) -> Standing | None:
        """Take items out of the day's quota: all of them, or none where they do not fit.

        Returns:
            None where one of the roles has no quota. Of several roles the most generous counts.

        """
        best = _NO_QUOTA
        for role in roles:
            quota = self._quotas.get(role, _NO_QUOTA)
            if quota is None:
                return None
            if quota.quota > best.quota:
                best = quota
        return await self._take(best, subject, items)

    async def give_back(self, standing: Standing, units: int) -> Standing:
        """Undo what was taken, for a caller who got nothing for it.

        Where the storage that counted it has gone, it stays taken: given back to another, it would
        be a gift.
        """
        left = await standing.keeper(standing.key, standing.policy.window, -units)
        if left is None:
            return standing
        return standing._replace(remaining=standing.remaining + units)

    async def _take(self, policy: Policy, subject: str, units: int) -> Standing:
        now = self._clock()
        window = int(now // policy.window)
        key = f"{policy.name}/{pseudonym(subject)}/{window}"
        used, keeper = await self._counters.add(key, policy.window, units)
        if not (granted := used <= policy.quota):
            await keeper(key, policy.window, -units)
            used -= units
        remaining = max(0, policy.quota - used)
        renews_in = (window + 1) * policy.window - now
        return Standing(policy, granted, remaining, renews_in, key, keeper)
