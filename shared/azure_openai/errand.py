"""One task on its way to an answer: waiting, attempts and backoff, all within one deadline."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from shared.azure_openai import outcomes as o
from shared.azure_openai.observing import Attempt
from shared.generation.ports import (
    AnswerRefused,
    Effort,
    ModelAnswer,
    ModelUnavailable,
    PromptRefused,
    Usage,
)

if TYPE_CHECKING:
    from shared.azure_openai.call import Result
    from shared.azure_openai.deployment import Deployment
    from shared.azure_openai.fleet import Fleet
    from shared.deadline import Deadline
    from shared.generation.ports import Task


class Errand:
    """Asks deployments until one answers, the deadline is near, or nothing is left to try.

    `ticket` is the place in every queue: lower ones came first.
    """

    def __init__(self, fleet: Fleet, task: Task, deadline: Deadline, *, ticket: int) -> None:
        self._fleet = fleet
        self._task = task
        self._deadline = deadline
        self._ticket = ticket
        self._not_before: dict[Deployment, float] = {}
        self._failures: dict[Deployment, int] = {}
        self._passed: set[Deployment] = set()
        self._more_room = False
        self._last: o.Outcome | None = None
        self._asked: Deployment | None = None
        self._attempts = 0
        self._usage: Usage | None = None
        self._waited = 0.0

    async def run(self) -> ModelAnswer:
        """Return the answer.

        Raises:
            ModelUnavailable: no answer can be had within the deadline.
            PromptRefused: the content filter refused the prompt.
            AnswerRefused: an answer came, and cannot be used.

        """
        while True:
            deployment = await self._admission()
            try:
                result = await self._attempt(deployment)
            finally:
                deployment.gate.leave()
            if result.outcome is o.ANSWER:
                model = result.model or deployment.backend.deployment
                return ModelAnswer(result.text, model, self._usage, self._effort())
            self._follow(deployment, result)

    async def _admission(self) -> Deployment:
        """Choose a deployment and wait for it: for a backoff, a cooldown, a place in the queue."""
        while True:
            usable = (
                deployment
                for deployment in self._fleet.deployments
                if deployment not in self._passed and deployment.circuit.allows()
            )
            chosen = self._fleet.choose(usable, self._wait_for, self._failures)
            if chosen is None or self._attempts >= self._fleet.settings.max_attempts:
                raise self._unavailable("circuit_open")
            if self._deadline.remaining() < self._fleet.settings.useful_seconds:
                raise self._unavailable("no_time_left")
            if not self._fits(chosen):
                raise self._unavailable("overloaded")
            began = self._fleet.clock()
            try:
                await self._wait_in_line(chosen)
            except TimeoutError:
                raise self._unavailable("overloaded") from None
            finally:
                self._waited += self._fleet.clock() - began
            if chosen.circuit.allows():
                return chosen
            chosen.gate.leave()

    async def _wait_in_line(self, deployment: Deployment) -> None:
        backoff = self._backoff_left(deployment)
        if backoff > deployment.gate.seconds_shut():
            await asyncio.sleep(backoff)
        await deployment.gate.enter(self._ticket, self._patience(deployment))

    async def _attempt(self, deployment: Deployment) -> Result:
        self._asked = deployment
        self._attempts += 1
        seconds = min(self._fleet.settings.attempt_seconds, self._deadline.remaining())
        began = self._fleet.clock()
        result = await deployment.send(self._task, seconds, more_room=self._more_room)
        if result.usage is not None:
            self._usage = (self._usage or Usage()) + result.usage
        took = self._fleet.clock() - began
        self._fleet.observe(
            Attempt(deployment.backend.name, self._task, self._attempts, took, result)
        )
        return result

    def _follow(self, deployment: Deployment, result: Result) -> None:
        """Do what the table says about anything but an answer."""
        outcome = self._last = result.outcome
        match outcome.then:
            case o.Then.REFUSE_PROMPT:
                raise PromptRefused(outcome.name, effort=self._effort())
            case o.Then.MORE_ROOM if not self._more_room:
                self._more_room = True
            case o.Then.MORE_ROOM | o.Then.REFUSE_ANSWER:
                raise AnswerRefused(outcome.name, effort=self._effort())
            case o.Then.RETRY | o.Then.COOL_DOWN:
                failures = self._failures[deployment] = self._failures.get(deployment, 0) + 1
                self._not_before[deployment] = self._fleet.clock() + self._backoff(failures)
            case o.Then.FAIL_OVER | o.Then.SET_ASIDE:
                self._passed.add(deployment)

    def _backoff(self, failures: int) -> float:
        """Exponential, with jitter over its upper half."""
        settings, rng = self._fleet.settings, self._fleet.rng
        full = min(settings.backoff_seconds * 2.0 ** (failures - 1), settings.max_backoff_seconds)
        return full * rng.uniform(0.5, 1.0)

    def _wait_for(self, deployment: Deployment) -> float:
        return max(deployment.expected_wait(), self._backoff_left(deployment))

    def _backoff_left(self, deployment: Deployment) -> float:
        at = self._not_before.get(deployment)
        return 0.0 if at is None else max(0.0, at - self._fleet.clock())

    def _fits(self, deployment: Deployment) -> bool:
        """Whether the wait for a deployment, and an attempt after it, fit the deadline."""
        wait = self._wait_for(deployment)
        longest = min(self._fleet.settings.max_wait_seconds, self._patience(deployment))
        return wait <= 0 or wait < longest

    def _patience(self, deployment: Deployment) -> float:
        """Seconds that may be spent waiting, so that an answer still comes in time."""
        needed = max(self._fleet.settings.useful_seconds, deployment.typical_seconds)
        return self._deadline.remaining() - needed

    def _unavailable(self, reason: str) -> ModelUnavailable:
        """Say why: by the last outcome, or else why nothing was asked at all."""
        return ModelUnavailable(
            self._last.name if self._last else reason,
            effort=self._effort(),
            retry_after=self._fleet.soonest(),
        )

    def _effort(self) -> Effort:
        name = self._asked.backend.name if self._asked else None
        return Effort(name, self._attempts, self._waited * 1000)
