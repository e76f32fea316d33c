"""The question model over Azure OpenAI deployments."""

from __future__ import annotations

import asyncio
import itertools
import random
import threading
import time
from importlib import import_module
from typing import TYPE_CHECKING

from shared.azure_openai.backends import PressureSettings
from shared.azure_openai.client import build_client
from shared.azure_openai.deployment import Deployment, DeploymentState
from shared.azure_openai.errand import Errand
from shared.azure_openai.fleet import Fleet
from shared.azure_openai.identity import TokenSource
from shared.azure_openai.observing import unobserved
from shared.generation.ports import ModelUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shared.azure_openai.backends import Backend
    from shared.azure_openai.observing import AttemptObserver
    from shared.deadline import Deadline
    from shared.generation.ports import ModelAnswer, Task


class AzureQuestionModel:
    """Implements `QuestionModel` with one or more deployments.

    Belongs to one event loop: made anywhere, used on that loop, closed on it. Clients are built in
    a thread before the first request, since importing openai takes its time.
    """

    def __init__(
        self,
        backends: Sequence[Backend],
        settings: PressureSettings | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        rng: random.Random | None = None,
        observe: AttemptObserver = unobserved,
    ) -> None:
        settings = settings or PressureSettings()
        self._fleet = Fleet(
            deployments=tuple(Deployment(backend, settings, clock) for backend in backends),
            settings=settings,
            clock=clock,
            rng=rng or random.Random(),  # noqa: S311 -- spreads load, guards nothing
            observe=observe,
        )
        self._tokens = TokenSource(settings.token_scope)
        self._tickets = itertools.count()
        self._building = threading.Lock()
        self.ready = False
        """Whether the clients are built."""

    async def answer(self, task: Task, deadline: Deadline) -> ModelAnswer:
        """Answer the task before the deadline.

        Raises:
            ModelUnavailable: no answer can be had within the deadline.
            PromptRefused: the content filter refused the prompt.
            AnswerRefused: an answer came, and cannot be used.

        """
        if not self.ready:
            await self._get_ready(deadline)
        return await Errand(self._fleet, task, deadline, ticket=next(self._tickets)).run()

    def states(self) -> list[DeploymentState]:
        """Return the state of every deployment, in the order in which they were given."""
        return [deployment.state() for deployment in self._fleet.deployments]

    async def warm_up(self) -> None:
        """Build the clients, and fetch a token where one is used; nobody waits for the token."""
        await asyncio.to_thread(self.build_clients)
        if any(deployment.backend.uses_identity for deployment in self._fleet.deployments):
            await self._tokens.warm_up()

    def build_clients(self) -> None:
        """Import openai and build the clients, once; blocks for half a second: use a thread."""
        with self._building:
            for deployment in self._fleet.deployments:
                if deployment.client is None:
                    deployment.client = build_client(
                        deployment.backend,
                        self._tokens.token,
                        connect_seconds=self._fleet.settings.connect_seconds,
                    )
            # httpcore2's locks would have anyio import it when they are first used: on our loop.
            import_module("anyio._backends._asyncio")
            self.ready = True

    async def aclose(self) -> None:
        """Close connections and credential."""
        for deployment in self._fleet.deployments:
            if deployment.client is not None:
                await deployment.client.close()
        await self._tokens.aclose()

    async def _get_ready(self, deadline: Deadline) -> None:
        try:
            async with asyncio.timeout(deadline.remaining()):
                await asyncio.to_thread(self.build_clients)
        except TimeoutError:
            raise ModelUnavailable("starting", retry_after=1.0) from None
