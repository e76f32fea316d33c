"""A quota over a window of time, and where a subject stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from limits import parse

if TYPE_CHECKING:
    from shared.rate_limiting.counters import Keeper


class Policy(NamedTuple):
    """So much in so long.

    Windows are fixed and aligned to the epoch, so a day's begins at midnight UTC: one number a
    subject is enough, and what remains and when it renews can be told exactly. The price is that
    two full quotas may be used around a window's end.

    Attributes:
        name: stands in the RateLimit headers and in the counter's key.
        quota: units per window.
        window: seconds.

    """

    name: str
    quota: int
    window: int

    @classmethod
    def parse(cls, name: str, rate: str) -> Policy:
        """From the notation of the limits library, "60/minute".

        Raises:
            ValueError: not in that notation.

        """
        item = parse(rate)
        return cls(name, item.amount, item.get_expiry())


class Standing(NamedTuple):
    """Where a subject stands after it asked for something.

    Attributes:
        policy: the policy that applies.
        granted: whether the subject may have what it asked for.
        remaining: units left in this window.
        renews_in: seconds until the window ends, more than 0.
        key: of the counter, for giving units back.
        keeper: what counted, so where units are given back.

    """

    policy: Policy
    granted: bool
    remaining: int
    renews_in: float
    key: str
    keeper: Keeper
