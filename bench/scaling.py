"""From one instance to a million questions a day: figures on paper, and a simulation of them.

What one instance takes was measured by the benches per_request, tokens and cold_start, whose
results are read. The simulation sends the busiest hour's requests, at random moments, through
instances with one core and so many requests at once each, to a model with a quota.
"""

from __future__ import annotations

import heapq
import itertools
import json
import math
import random
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
POOL, DATABASE_CONNECTIONS = 5, 35
DEPLOYED_TPM = 50_000
# US dollars; examples, as in bench/prices.json.
GB_SECOND, EXECUTION = 0.000026, 0.0000004
PRICE_LIST = "medium model"


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one question: CPU seconds of the worker, tokens, dollars for the model.

    The quota counts what a request could use: the prompt and all that the answer may have.
    """

    cpu: float
    tokens: float
    quota_tokens: float
    dollars: float


@dataclass(frozen=True, slots=True)
class Paper:
    """What so many questions a day need, by Little's law."""

    rate: float
    in_flight: float
    instances: int
    busy: float
    tpm: float

    @classmethod
    def of(cls, a_day: int, measured: Measured) -> Paper:
        rate = a_day * BUSIEST_HOUR / 3600
        in_flight = rate * (MODEL_SECONDS * math.exp(MODEL_SPREAD**2 / 2) + measured.cpu)
        by_cpu = rate * measured.cpu / MOST_BUSY
        instances = max(1, math.ceil(_most(in_flight) / CONCURRENCY), math.ceil(by_cpu))
        tpm = WINDOWS * measured.quota_tokens * _most(rate * WINDOW)
        return cls(rate, in_flight, instances, rate * measured.cpu / instances, tpm)

    @property
    def active(self) -> float:
        """Share of the time in which an instance has a request: that is what is paid for."""
        return 1 - math.exp(-self.in_flight / self.instances)


def _most(mean: float) -> int:
    """What a number of independent events seldom exceeds (once in some hundred times)."""
    return math.ceil(mean + 3 * math.sqrt(mean))


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
    """Tokens, in windows of ten seconds."""

    def __init__(self, tpm: float) -> None:
        self._allowed = tpm / WINDOWS
        self._window, self._used = -1, 0.0

    def take(self, now: float, tokens: float) -> bool:
        if (window := int(now // WINDOW)) != self._window:
            self._window, self._used = window, 0.0
        if self._used + tokens > self._allowed:
            return False
        self._used += tokens
        return True


class Simulation:
    """The requests of so many seconds; half of each one's CPU is before the model's call.

    Attributes:
        added: seconds that each request took beside the model's.
        in_flight: how many there were, as each arrived.
        from_model: how many the quota let through; the bank answers the others at once.

    """

    def __init__(self, paper: Paper, measured: Measured, draw: random.Random) -> None:
        self._rate, self._measured, self._draw = paper.rate, measured, draw
        self._instances = [Instance() for _ in range(paper.instances)]
        self._quota = Quota(paper.tpm)
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
    measured = _measured()
    report = Report(
        "scaling",
        "Scale",
        f"The busiest hour has {BUSIEST_HOUR:.0%} of a day's questions; the model takes "
        f"{MODEL_SECONDS:g} s in the median; a question takes {1000 * measured.cpu:.1f} ms of CPU "
        f"and {measured.tokens:.0f} tokens, as measured; the quota counts "
        f"{measured.quota_tokens:.0f}, "
        "since it reckons with the longest answer allowed. On paper, and in brackets as simulated "
        f"with requests at random moments. An instance has one core and takes {CONCURRENCY} "
        "requests at once.",
        short=short,
    )
    for a_day in DAYS:
        paper = Paper.of(a_day, measured)
        seconds = max(300.0 if short else 1800.0, 500 / paper.rate)
        found = Simulation(paper, measured, random.Random(1))
        found.run(seconds)
        _add(report, a_day, paper, found, measured)
    first = _deployed_limits(measured)
    report.figures["limits of what is deployed, questions a day"] = first
    met = min(first, key=lambda name: first[name])
    report.method += " What infra/ deploys ends at " + ", ".join(
        f"{most:,.0f} questions a day by {name}"
        for name, most in sorted(first.items(), key=_second)
    )
    report.method += f": first met is {met}."
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
            "tokens a minute": f"{paper.tpm:,.0f}",
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
        "tpm": paper.tpm,
        "from_model": found.model_share,
    }
    if a_day == DAYS[-1]:
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


def _deployed_limits(measured: Measured) -> dict[str, float]:
    """Questions a day at which each limit of what infra/ deploys is met."""
    a_day = 3600 / BUSIEST_HOUR
    seconds = MODEL_SECONDS * math.exp(MODEL_SPREAD**2 / 2)
    return {
        "the model's quota": a_day * _mean(DEPLOYED_TPM / WINDOWS / measured.quota_tokens) / WINDOW,
        "database connections": a_day * DATABASE_CONNECTIONS / POOL * CONCURRENCY / seconds,
        "instances": a_day * MOST_INSTANCES * CONCURRENCY / seconds,
        "CPU of the instances": a_day * MOST_INSTANCES * MOST_BUSY / measured.cpu,
    }


def _mean(most: float) -> float:
    """The mean of which `_most` is that much."""
    return ((math.sqrt(9 + 4 * most) - 3) / 2) ** 2


def _second(pair: tuple[str, float]) -> float:
    return pair[1]


def _measured() -> Measured:
    """Read what the other benches found.

    Raises:
        SystemExit: they have not run.

    """
    try:
        cpu = median(_figures("per_request")["this app"]["32"]) / 1000
        parts = _figures("tokens").values()
    except FileNotFoundError as error:
        raise SystemExit(f"Run the bench first that writes {error.filename}.") from None
    price = price_lists()[PRICE_LIST]
    put_in = fmean(part["prompt"] + part["schema"] for part in parts)
    completion = fmean(part["completion"] for part in parts)
    cost = fmean(dollars(part, price) for part in parts)
    longest = fmean(task_for(part, "a journey").max_output_tokens for part in Part)
    return Measured(cpu, put_in + completion, put_in + longest, cost)


def _figures(bench: str) -> dict[str, Any]:
    figures: dict[str, Any] = json.loads((RESULTS / f"{bench}.json").read_text("utf-8"))["figures"]
    return figures


if __name__ == "__main__":
    main(short=short_run()).finish()
