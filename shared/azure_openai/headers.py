"""What an upstream answer's headers say about waiting."""

from __future__ import annotations

import math
import re
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_WAIT = 3600.0
"""A server that names a longer time is asked again after an hour all the same."""

UNSAID_RESET = 1.0
"""Seconds after which a spent quota is tried again where nothing says when it is whole."""

_DURATION = re.compile(r"(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?")


class Quota(NamedTuple):
    """How much of a quota was left when the request was counted, and when it is whole again."""

    remaining: int
    reset_seconds: float


def retry_after(headers: Mapping[str, str], *, now: float | None = None) -> float | None:
    """Seconds to wait by `retry-after-ms` or `Retry-After` (seconds or a date); None if unsaid."""
    seconds = _number(headers.get("retry-after-ms"))
    if seconds is not None:
        return _bounded(seconds / 1000)
    value = headers.get("retry-after")
    if value is None:
        return None
    seconds = _number(value)
    if seconds is None:
        try:
            at = parsedate_to_datetime(value).timestamp()
        except (ValueError, OverflowError):
            return None
        seconds = at - (time.time() if now is None else now)
    return _bounded(seconds)


def quota(headers: Mapping[str, str], of: str) -> Quota | None:
    """Read the quota of "requests" or "tokens" from the `x-ratelimit-*` headers; None if unsaid.

    Some API versions say what is left, and not when it is whole again.
    """
    remaining = _number(headers.get(f"x-ratelimit-remaining-{of}"))
    said = headers.get(f"x-ratelimit-reset-{of}")
    reset = UNSAID_RESET if said is None else _duration(said)
    if remaining is None or reset is None or not math.isfinite(remaining):
        return None
    return Quota(int(remaining), _bounded(reset))


def longest_reset(headers: Mapping[str, str]) -> float | None:
    """Seconds until both quotas are whole again, as far as that is said; None if of neither."""
    said = (_duration(headers.get(f"x-ratelimit-reset-{of}")) for of in ("requests", "tokens"))
    return max((_bounded(seconds) for seconds in said if seconds is not None), default=None)


def _duration(value: str | None) -> float | None:
    """Seconds, written as a number ("6") or with units ("1m2.5s", "250ms")."""
    seconds = _number(value)
    if seconds is not None or not value:
        return seconds
    match = _DURATION.fullmatch(value.strip())
    if match is None:
        return None
    hours, minutes, secs, millis = (float(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + secs + millis / 1000


def _number(value: str | None) -> float | None:
    try:
        number = float(value) if value is not None else None
    except ValueError:
        return None
    return number if number is not None and number >= 0 else None


def _bounded(seconds: float) -> float:
    """Keep a wait sensible, also where it was given as infinite or lies in the past."""
    return min(max(seconds, 0.0), LONGEST_WAIT)
