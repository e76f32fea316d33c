"""One deployment at run time: its client, its gate, its circuit, and what was learnt about it."""

from __future__ import annotations

import logging
from enum import StrEnum
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from shared.azure_openai import outcomes as o
from shared.azure_openai.call import Result, call
from shared.azure_openai.circuit import Circuit
from shared.azure_openai.dialect import Dialect
from shared.azure_openai.gate import Gate

if TYPE_CHECKING:
    from collections.abc import Callable

    from openai import AsyncOpenAI

    from shared.azure_openai.backends import Backend, PressureSettings
    from shared.generation.ports import Task

logger = logging.getLogger(__name__)

DEFAULT_COOLDOWN = 1.0
"""Seconds of cooldown after a 429 that names no time, not even the spent quota's."""

ASSUMED_SECONDS = 1.0
"""How long an answer takes, until one has shown it."""

CHARACTERS_PER_TOKEN = 4
"""Rough, for English: Azure estimates a request's tokens on arrival, and so is this estimate."""

MORE_ROOM = 4
"""Times the room of the first try, after an answer was cut off: reasoning counts as output."""


class Condition(StrEnum):
    """What a deployment is up to."""

    READY = "ready"
    COOLING_DOWN = "cooling_down"
    FAILING = "failing"
    MISCONFIGURED = "misconfigured"


class DeploymentState(NamedTuple):
    """A deployment as health and status pages show it; `reason` is an outcome's name."""

    name: str
    priority: int
    condition: Condition
    reason: str | None
    seconds_left: float
    in_flight: int
    waiting: int


class Deployment:
    """Sends requests to one deployment and keeps what their outcomes teach."""

    def __init__(
        self, backend: Backend, settings: PressureSettings, clock: Callable[[], float]
    ) -> None:
        self.backend = backend
        self.client: AsyncOpenAI | None = None
        self.gate = Gate(backend.max_concurrency, clock)
        self.circuit = Circuit(
            backend.name, settings.failures_to_open, settings.probe_seconds, clock
        )
        self.typical_seconds = 0.0
        """How long an answer takes, lately; 0 until there was one."""
        self._dialect = Dialect()
        self._needs_room = False
        self._settings = settings
        self._reported: set[tuple[int | None, str | None]] = set()
        self._clock = clock

    def expected_wait(self) -> float:
        """Seconds until a request that comes now would be sent."""
        return self.gate.expected_wait(self.typical_seconds or ASSUMED_SECONDS)

    def state(self) -> DeploymentState:
        """Take a snapshot."""
        condition, left = Condition.READY, self.gate.seconds_shut()
        if left > 0:
            condition = Condition.COOLING_DOWN
        reason = self.circuit.reason
        if reason is not None:
            set_aside = reason.then is o.Then.SET_ASIDE
            condition = Condition.MISCONFIGURED if set_aside else Condition.FAILING
            left = self.circuit.seconds_to_probe()
        return DeploymentState(
            name=self.backend.name,
            priority=self.backend.priority,
            condition=condition,
            reason=reason.name if reason else None,
            seconds_left=left,
            in_flight=self.gate.in_flight,
            waiting=self.gate.waiting,
        )

    async def send(self, task: Task, seconds: float, *, more_room: bool) -> Result:
        """Send the task, admitted before by the gate, and learn from the outcome."""
        if self.client is None:
            raise RuntimeError("the client is built before the first request")
        dialect, sent_at, serial = self._dialect, self._clock(), self.gate.admissions
        more_room = more_room or self._needs_room
        max_tokens = task.max_output_tokens * (MORE_ROOM if more_room else 1)
        body = dialect.body(self.backend.deployment, task, max_tokens)
        is_probe = self.circuit.begin()
        try:
            result = await call(self.client, body, seconds)
        except BaseException:
            if is_probe:
                self.circuit.abandon_probe()
            raise
        if is_probe:
            self.circuit.end_probe()
        if result.outcome is o.UNSUPPORTED:
            result = self._adapt(dialect, result)
        if result.outcome is o.ANSWER and more_room:
            self._needs_room = True  # a model that reasons does so every time
        if result.outcome is o.BAD_REQUEST:
            self._report_rejection(result)
        prompt = sum(len(message.content) for message in task.messages)
        tokens = prompt // CHARACTERS_PER_TOKEN + max_tokens
        self._note_quota(result, serial, sent_at, tokens)
        self._note_health(result, self._clock() - sent_at)
        return result

    def _adapt(self, sent: Dialect, result: Result) -> Result:
        """Do without the refused parameter; a bad request where that cannot be."""
        adapted = self._dialect.without(result.parameter or "")
        if adapted is not None:
            self._dialect = adapted
            name = self.backend.name
            logger.info("parameter_dropped deployment=%s parameter=%s", name, result.parameter)
        elif self._dialect == sent:  # else another request has just had it dropped
            return result._replace(outcome=o.BAD_REQUEST)
        return result

    def _report_rejection(self, result: Result) -> None:
        """Log once a kind: every request may well be rejected for the same reason."""
        if (kind := (result.status, result.code)) not in self._reported:
            self._reported.add(kind)
            name = self.backend.name
            logger.error("request_rejected deployment=%s status=%s code=%s", name, *kind)

    def _note_quota(self, result: Result, serial: int, sent_at: float, tokens: int) -> None:
        # The figures are from the moment that upstream counted the request; since then others
        # were sent, and time has passed.
        since, elapsed = self.gate.admissions - serial, self._clock() - sent_at
        budgets = [
            (quota.remaining // cost - since, quota.reset_seconds - elapsed)
            for quota, cost in ((result.requests_left, 1), (result.tokens_left, tokens))
            if quota is not None
        ]
        spent = [budget for budget in budgets if budget[0] <= 0]
        left, seconds = max(spent, key=itemgetter(1)) if spent else min(budgets, default=(1, 0.0))
        if result.outcome is o.RATE_LIMITED:
            spent_for = seconds if left <= 0 < seconds else DEFAULT_COOLDOWN
            self.gate.refused(spent_for if result.retry_after is None else result.retry_after)
        elif result.retry_after is not None:
            self.gate.shut(result.retry_after)
        elif budgets:
            self.gate.budget(left, seconds)

    def _success_takes(self) -> float:
        """Seconds in which some request at least would have succeeded, generously."""
        return max(self._settings.failing_seconds, 2 * self.typical_seconds)

    def _note_health(self, result: Result, seconds: float) -> None:
        match result.outcome.then:
            case o.Then.SET_ASIDE:
                self.circuit.set_aside(result.outcome)
            case o.Then.RETRY if result.outcome is o.TIMEOUT and seconds < self.typical_seconds:
                pass  # so short a time says more about the deadline than about the deployment
            case o.Then.RETRY | o.Then.FAIL_OVER:
                self.circuit.failed(result.outcome, self._success_takes())
            case _:
                self.circuit.succeeded()
        if result.outcome is o.ANSWER:
            share = 0.2 if self.typical_seconds else 1.0
            self.typical_seconds += share * (seconds - self.typical_seconds)
