"""A rate limiter that stands in nobody's way."""

from __future__ import annotations

from functools import cache

from shared.rate_limiting.limiter import RateLimiter, counters


@cache
def generous() -> RateLimiter:
    return RateLimiter(counters(None), {"generation": "9999/second", "reading": "9999/second"}, {})
