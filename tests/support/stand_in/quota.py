"""A deployment's quota, counted as Azure OpenAI counts.

Requests and tokens per minute are granted in windows of ten seconds, a sixth of the minute's
quota in each. A request's tokens are estimated when it arrives: those of its prompt plus the most
that it allows for the answer. See "Manage Azure OpenAI quota" in Microsoft's documentation.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

WINDOW_SECONDS = 10
WINDOWS_PER_MINUTE = 6


@dataclass(frozen=True, slots=True)
class Grant:
    """Whether a request may pass, and the headers that say what is left.

    Attributes:
        headers: `x-ratelimit-limit-*` per minute; `-remaining-*` in this window;
            `-reset-*` in seconds until the next; when refused also `retry-after(-ms)`.

    """

    granted: bool
    headers: dict[str, str]
    exhausted: str | None = None


class Quota:
    """Grants requests while the current window has room; None means no limit of that kind."""

    def __init__(
        self,
        requests_per_minute: int | None = None,
        tokens_per_minute: int | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = {"requests": requests_per_minute, "tokens": tokens_per_minute}
        self._clock = clock
        self._began = clock()
        self._window = 0
        self._used = {"requests": 0, "tokens": 0}

    def ask(self, tokens: int) -> Grant:
        """Count a request of so many estimated tokens, unless a limit is exhausted.

        A refused request is not counted. One that alone exceeds a window's tokens passes when
        that window is still untouched: it could never pass otherwise.
        """
        left = self._enter_window()
        wanted = {"requests": 1, "tokens": tokens}
        exhausted = next((kind for kind in wanted if not self._fits(kind, wanted[kind])), None)
        if exhausted is None:
            for kind, amount in wanted.items():
                self._used[kind] += amount
        return Grant(
            exhausted is None, self._headers(left, refused=exhausted is not None), exhausted
        )

    def _enter_window(self) -> float:
        elapsed = self._clock() - self._began
        window = int(elapsed // WINDOW_SECONDS)
        if window != self._window:
            self._window = window
            self._used = dict.fromkeys(self._used, 0)
        return (window + 1) * WINDOW_SECONDS - elapsed

    def _per_window(self, kind: str) -> int | None:
        limit = self._limits[kind]
        return None if limit is None else max(1, limit // WINDOWS_PER_MINUTE)

    def _fits(self, kind: str, amount: int) -> bool:
        room = self._per_window(kind)
        used = self._used[kind]
        return room is None or used == 0 or used + amount <= room

    def _headers(self, left: float, *, refused: bool) -> dict[str, str]:
        headers = {}
        seconds = str(math.ceil(left))
        for kind, limit in self._limits.items():
            if limit is not None:
                remaining = max(0, (self._per_window(kind) or 0) - self._used[kind])
                headers[f"x-ratelimit-limit-{kind}"] = str(limit)
                headers[f"x-ratelimit-remaining-{kind}"] = str(remaining)
                headers[f"x-ratelimit-reset-{kind}"] = seconds
        if refused:
            headers["retry-after"] = seconds
            headers["retry-after-ms"] = str(math.ceil(left * 1000))
        return headers
