"""Requests sent to a worker: so many at once, or so many a second, whatever becomes of them."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.harness.questions import from_model
from bench.harness.stats import percentile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.harness.library import Ask
    from bench.harness.rig import RunningWorker

SERVER_ERROR = 500
UNANSWERED = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """One request's fate: when it was sent (`time.monotonic`), how long it took, what came."""

    sent: float
    seconds: float
    status: int
    from_model: bool


@dataclass(frozen=True, slots=True)
class Load:
    """All requests of one run, and what the tables say about them."""

    answers: Sequence[Answered]
    seconds: float

    @property
    def count(self) -> int:
        return len(self.answers)

    def share(self, which: Callable[[Answered], bool]) -> float:
        """Share of the requests, 0 to 1, for which this holds."""
        return sum(map(which, self.answers)) / self.count

    @property
    def from_model(self) -> float:
        return self.share(lambda a: a.from_model)

    @property
    def errors(self) -> float:
        return self.share(lambda a: a.status >= SERVER_ERROR)

    @property
    def unanswered(self) -> float:
        """Share of those that nobody waited for any more."""
        return self.share(lambda a: a.status == UNANSWERED)

    @property
    def statuses(self) -> dict[int, int]:
        seen = [a.status for a in self.answers]
        return {status: seen.count(status) for status in sorted(set(seen))}

    def ms(self, percent: float) -> float:
        """Percentile of the latencies, in milliseconds."""
        return 1000 * percentile([a.seconds for a in self.answers], percent)

    def between(self, start: float, end: float) -> Load:
        """The requests sent in that time (`time.monotonic`)."""
        return Load([a for a in self.answers if start <= a.sent < end], end - start)


async def send(worker: RunningWorker, ask: Ask, patience: float = 30.0) -> Answered:
    """Send one request and wait as long as a frontend would."""
    sent = time.monotonic()
    try:
        async with asyncio.timeout(patience):
            status, body = await worker.call(ask)
    except TimeoutError:
        return Answered(sent, patience, UNANSWERED, from_model=False)
    return Answered(sent, time.monotonic() - sent, status, from_model(status, body))


async def steadily(
    worker: RunningWorker, make: Callable[[int], Ask], per_second: float, seconds: float
) -> Load:
    """So many requests a second for so long, whether or not the earlier ones are answered."""
    began = time.monotonic()
    sending = []
    for number in range(round(per_second * seconds)):
        await asyncio.sleep(max(0.0, began + number / per_second - time.monotonic()))
        sending.append(asyncio.create_task(send(worker, make(number))))
    answers = await asyncio.gather(*sending)
    return Load(answers, time.monotonic() - began)


async def at_once(  # noqa: PLR0913 - a load has this many sides
    worker: RunningWorker,
    make: Callable[[int], Ask],
    users: int,
    *,
    seconds: float = float("inf"),
    requests: float = float("inf"),
    spread: float = 0.0,
) -> Load:
    """So many users, each with one request after the other, until time or requests are up.

    They begin spread over so many seconds: real ones do not press the button together. With a
    spread, only what was sent after it counts.
    """
    began = time.monotonic()
    counted_from = began + spread
    ends = counted_from + seconds
    answers: list[Answered] = []
    sent = 0

    async def user(number: int) -> None:
        nonlocal sent
        await asyncio.sleep(spread * number / users)
        while time.monotonic() < ends and sent < requests:
            sent += 1
            answers.append(await send(worker, make(sent)))

    await asyncio.gather(*(user(number) for number in range(users)))
    finished = time.monotonic()
    counted = [a for a in answers if a.sent >= counted_from]
    return Load(counted, min(finished, ends) - counted_from)
