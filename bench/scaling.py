"""From one instance to a million questions a day: figures on paper, and a simulation of them.

What a question takes was measured by the benches per_request and tokens, whose results are read.
The simulation sends the busiest hour's requests, at random moments, through instances with one core
and so many requests at once each, to a model with a quota.
"""

from __future__ import annotations

import heapq
import itertools
import json
import math
import random
from bisect import bisect_left
from collections import deque
from dataclasses import dataclass
from statistics import fmean, median
from typing import TYPE_CHECKING, Any

from bench.harness.report import RESULTS, Report, short_run
from bench.harness.stats import percentile
from bench.harness.tasks import task_for
from bench.tokens import dollars, price_lists
from shared.ielts.models import Part

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAYS = (1_000, 10_000, 100_000, 1_000_000)
BUSIEST_HOUR = 0.10
"""Share of a day's questions: 2.4 times the average hour."""
MODEL_SECONDS, MODEL_SPREAD = 2.0, 0.4
"""Median of the model's time for an item, and sigma of its logarithm: an assumption."""
MOST_BUSY = 0.6
"""Of an instance's core; above it, requests begin to queue for it."""
WINDOW, WINDOWS = 10, 6
"""Azure counts the quota of a minute in six windows of ten seconds."""

# What infra/ deploys.
CONCURRENCY, MEMORY_GB, MOST_INSTANCES = 64, 2.0, 40
POOL, DATABASE_SIZE, DATABASE_CONNECTIONS = 5, "Standard_B1ms", 35
CAPACITY = 50
# What a unit of capacity allows in a minute. Requests: the gpt-4.1 family's 5 M tokens and 5 K
# requests in https://learn.microsoft.com/azure/ai-foundry/openai/quotas-limits; others have more.
UNIT_TOKENS, UNIT_REQUESTS = 1000, 1
# US dollars; examples, as in bench/prices.json.
GB_SECOND, EXECUTION = 0.000026, 0.0000004
PRICE_LIST = "medium model"


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one question: CPU seconds of the worker, tokens, dollars for the model.

    Attributes:
        quota_tokens: what the quota counts, which is what a request could use: the prompt and all
            that the answer may have.
        rough: whether a short run measured it.

    """

    cpu: float
    tokens: float
    quota_tokens: float
    dollars: float
    rough: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """What so many questions a day need, by Little's law.

    Attributes:
        cores: seconds of CPU a second.
        requests: a minute, as the quota of the busiest window has to allow them.
        tokens: likewise.

    """

    rate: float
    in_flight: float
    cores: float
    instances: int
    requests: int
    tokens: float

    @classmethod
    def of(cls, a_day: int, measured: Measured) -> Paper:
        rate = a_day * BUSIEST_HOUR / 3600
        in_flight = rate * (MODEL_SECONDS * math.exp(MODEL_SPREAD**2 / 2) + measured.cpu)
        cores = rate * measured.cpu
        by_requests = math.ceil(_most(in_flight) / CONCURRENCY)
        instances = max(1, by_requests, math.ceil(cores / MOST_BUSY))
        requests = WINDOWS * _most(rate * WINDOW)
        return cls(rate, in_flight, cores, instances, requests, requests * measured.quota_tokens)

    @property
    def busy(self) -> float:
        """Share of the time in which an instance's core works."""
        return self.cores / self.instances

    @property
    def capacity(self) -> int:
        """Units of the model's quota: requests or tokens, whatever needs more of them."""
        return math.ceil(max(self.requests / UNIT_REQUESTS, self.tokens / UNIT_TOKENS))

    @property
    def active(self) -> float:
        """Share of the time in which an instance has a request: that is what is paid for."""
        return 1 - math.exp(-self.in_flight / self.instances)


def _most(mean: float) -> int:
    """What a number of independent events seldom exceeds (once in some hundred times)."""
    return math.ceil(mean + 3 * math.sqrt(mean))


LIMITS: dict[str, Callable[[Paper], bool]] = {
    "requests a minute": lambda paper: paper.requests <= CAPACITY * UNIT_REQUESTS,
    "tokens a minute": lambda paper: paper.tokens <= CAPACITY * UNIT_TOKENS,
    "database connections": lambda paper: paper.instances * POOL <= DATABASE_CONNECTIONS,
    "instances": lambda paper: paper.instances <= MOST_INSTANCES,
    "CPU of the instances": lambda paper: paper.cores <= MOST_INSTANCES * MOST_BUSY,
}
"""Whether what infra/ deploys allows what is needed on paper."""


def deployed_limits(measured: Measured) -> dict[str, int]:
    """The most questions a day that each limit of what infra/ deploys allows."""

    def most(allows: Callable[[Paper], bool]) -> int:
        days = range(1, 10**9)
        return bisect_left(days, 1, key=lambda a_day: not allows(Paper.of(a_day, measured)))

    return {name: most(allows) for name, allows in LIMITS.items()}


@dataclass(slots=True)
class Instance:
    in_flight: int = 0
    core_free_at: float = 0.0
    busy: float = 0.0
    active: float = 0.0
    active_since: float = 0.0

    def compute(self, now: float, seconds: float) -> float:
        """When the core, which takes one thing after the other, has done this as well."""
        self.core_free_at = max(now, self.core_free_at) + seconds
        self.busy += seconds
        return self.core_free_at


class Quota:
    """Requests and tokens, in windows of ten seconds."""

    def __init__(self, capacity: int) -> None:
        self._requests = capacity * UNIT_REQUESTS / WINDOWS
        self._tokens = capacity * UNIT_TOKENS / WINDOWS
        self._window, self._taken = -1, 0

    def take(self, now: float, tokens: float) -> bool:
        """Take a request of so many tokens, if there is room: all requests have as many."""
        if (window := int(now // WINDOW)) != self._window:
            self._window, self._taken = window, 0
        taken = self._taken + 1
        if taken > self._requests or taken * tokens > self._tokens:
            return False
        self._taken = taken
        return True


class Simulation:
    """The requests of so many seconds; half of each one's CPU is before the model's call.

    Args:
        paper: how many requests there are, and of how many instances.
        measured: what each takes.
        capacity: of the model's quota.
        draw: their moments, and how long the model takes.

    Attributes:
        added: seconds that each request took beside the model's.
        in_flight: how many there were, as each arrived.
        from_model: how many the quota let through; the bank answers the others at once.

    """

    def __init__(
        self, paper: Paper, measured: Measured, capacity: int, draw: random.Random
    ) -> None:
        self._rate, self._measured, self._draw = paper.rate, measured, draw
        self._instances = [Instance() for _ in range(paper.instances)]
        self._quota = Quota(capacity)
        self._waiting: deque[float] = deque()
        self._events: list[tuple[float, int, Callable[[float], None]]] = []
        self._numbers = itertools.count()
        self._seconds = 0.0
        self.added: list[float] = []
        self.in_flight: list[int] = []
        self.from_model = 0

    @property
    def model_share(self) -> float:
        return self.from_model / len(self.added)

    @property
    def busy(self) -> float:
        return fmean(each.busy for each in self._instances) / self._seconds

    @property
    def active(self) -> float:
        return fmean(each.active for each in self._instances) / self._seconds

    def run(self, seconds: float) -> None:
        self._seconds = seconds
        self._at(self._draw.expovariate(self._rate), self._arrive)
        while self._events:
            now, _, happen = heapq.heappop(self._events)
            happen(now)

    def _at(self, when: float, happen: Callable[[float], None]) -> None:
        heapq.heappush(self._events, (when, next(self._numbers), happen))

    def _arrive(self, now: float) -> None:
        in_flight = sum(each.in_flight for each in self._instances)
        self.in_flight.append(in_flight + len(self._waiting))
        if (later := now + self._draw.expovariate(self._rate)) < self._seconds:
            self._at(later, self._arrive)
        if in_flight >= CONCURRENCY * len(self._instances):
            self._waiting.append(now)
        else:
            self._begin(now, now)

    def _begin(self, now: float, arrived: float) -> None:
        one = min(self._instances, key=lambda each: each.in_flight)
        if one.in_flight == 0:
            one.active_since = now
        one.in_flight += 1
        asks = one.compute(now, self._measured.cpu / 2)
        self._at(asks, lambda now: self._ask(now, one, arrived))

    def _ask(self, now: float, one: Instance, arrived: float) -> None:
        model = 0.0
        if self._quota.take(now, self._measured.quota_tokens):
            self.from_model += 1
            model = self._draw.lognormvariate(math.log(MODEL_SECONDS), MODEL_SPREAD)
        self._at(now + model, lambda now: self._finish(now, one, arrived + model))

    def _finish(self, now: float, one: Instance, ideal: float) -> None:
        done = one.compute(now, self._measured.cpu / 2)
        self._at(done, lambda now: self._leave(now, one, ideal))

    def _leave(self, now: float, one: Instance, ideal: float) -> None:
        self.added.append(now - ideal)
        one.in_flight -= 1
        if one.in_flight == 0:
            one.active += now - one.active_since
        if self._waiting:
            self._begin(now, self._waiting.popleft())


def main(*, short: bool) -> Report:
    measured = measured_in(RESULTS)
    limits = deployed_limits(measured)
    met = min(limits, key=lambda name: limits[name])
    report = Report(
        "scaling",
        "Scale",
        f"The busiest hour has {BUSIEST_HOUR:.0%} of a day's questions; the model takes "
        f"{MODEL_SECONDS:g} s in the median; a question takes {1000 * measured.cpu:.1f} ms of CPU "
        f"and {measured.tokens:.0f} tokens, as measured; the quota counts "
        f"{measured.quota_tokens:.0f}, "
        "since it reckons with the longest answer allowed. On paper, and in brackets as simulated "
        f"with requests at random moments. An instance has one core and takes {CONCURRENCY} "
        f"requests at once. A unit of the quota allows {UNIT_TOKENS:,} tokens and {UNIT_REQUESTS} "
        "request a minute, as Azure gives the gpt-4.1 family. What infra/ deploys ends, in "
        "questions a day, at "
        + ", ".join(f"{most:,} by {name}" for name, most in sorted(limits.items(), key=_second))
        + f". The row with {limits[met]:,} is simulated with its quota, {CAPACITY}.",
        short=short or measured.rough,
    )
    report.figures["limits of what is deployed, questions a day"] = limits
    for a_day in sorted((*DAYS, limits[met])):
        paper = Paper.of(a_day, measured)
        capacity = CAPACITY if a_day == limits[met] else paper.capacity
        found = Simulation(paper, measured, capacity, random.Random(1))
        seconds, requests = (300.0, 1_000) if short else (1800.0, 20_000)
        found.run(max(seconds, requests / paper.rate))
        _add(report, a_day, paper, found, measured)
        if a_day in {DAYS[-1], limits[met]}:
            _judge(report, a_day, paper, found)
    return report


def _add(report: Report, a_day: int, paper: Paper, found: Simulation, measured: Measured) -> None:
    average = paper.in_flight / BUSIEST_HOUR / 24
    active = paper.instances * (1 - math.exp(-average / paper.instances)) * 86_400
    functions = active * MEMORY_GB * GB_SECOND + a_day * EXECUTION
    in_flight, added = fmean(found.in_flight), 1000 * percentile(found.added, 95)
    report.rows.append(
        {
            "questions a day": f"{a_day:,}",
            "a second": f"{paper.rate:.2f}",
            "in flight": f"{paper.in_flight:.1f} ({in_flight:.1f})",
            "instances": str(paper.instances),
            "core busy": f"{paper.busy:.1%} ({found.busy:.1%})",
            "added to the model's time, p95": f"({added:.0f} ms)",
            "requests a minute": f"{paper.requests:,}",
            "tokens a minute": f"{paper.tokens:,.0f}",
            "`MODEL_CAPACITY`": f"{paper.capacity:,}",
            "from the model": f"({found.model_share:.1%})",
            "database connections": str(paper.instances * POOL),
            "model, $ a day": f"{a_day * measured.dollars:,.2f}",
            "functions, $ a day": f"{functions:,.2f}",
        }
    )
    report.figures[str(a_day)] = {
        "rate": paper.rate,
        "in_flight": [paper.in_flight, in_flight],
        "instances": paper.instances,
        "busy": [paper.busy, found.busy],
        "active": [paper.active, found.active],
        "added_p95_ms": added,
        "requests_a_minute": paper.requests,
        "tokens_a_minute": paper.tokens,
        "from_model": found.model_share,
    }


def _judge(report: Report, a_day: int, paper: Paper, found: Simulation) -> None:
    in_flight, added = fmean(found.in_flight), 1000 * percentile(found.added, 95)
    apart = max(abs(in_flight / paper.in_flight - 1), abs(found.busy / paper.busy - 1))
    report.target(
        f"{a_day:,} a day: simulation and paper apart",
        "at most 10 %",
        f"{apart:.1%}",
        met=apart <= 0.1,
    )
    report.target(
        f"{a_day:,} a day: added to the model's time, p95",
        "at most 50 ms",
        f"{added:.0f} ms",
        met=added <= 50,
    )
    report.target(
        f"{a_day:,} a day: from the model",
        "at least 99 %",
        f"{found.model_share:.1%}",
        met=found.model_share >= 0.99,
    )


def _second(pair: tuple[str, float]) -> float:
    return pair[1]


def measured_in(results: Path) -> Measured:
    """Read what the other benches found.

    Raises:
        SystemExit: they have not run.

    """
    try:
        per_request = _result(results, "per_request")
        tokens = _result(results, "tokens")
    except FileNotFoundError as error:
        raise SystemExit(f"Run the bench first that writes {error.filename}.") from None
    price = price_lists()[PRICE_LIST]
    parts = tokens["figures"].values()
    put_in = fmean(part["prompt"] + part["schema"] for part in parts)
    completion = fmean(part["completion"] for part in parts)
    longest = fmean(task_for(part, "a journey").max_output_tokens for part in Part)
    return Measured(
        cpu=median(per_request["figures"]["this app"]["32"]) / 1000,
        tokens=put_in + completion,
        quota_tokens=put_in + longest,
        dollars=fmean(dollars(part, price) for part in parts),
        rough=per_request["short"],
    )


def _result(results: Path, bench: str) -> dict[str, Any]:
    result: dict[str, Any] = json.loads((results / f"{bench}.json").read_text("utf-8"))
    return result


if __name__ == "__main__":
    main(short=short_run()).finish()
