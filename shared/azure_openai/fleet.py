"""All deployments together: which is asked next, by priority, by weight, by how long it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Mapping

    from shared.azure_openai.backends import PressureSettings
    from shared.azure_openai.deployment import Deployment
    from shared.azure_openai.observing import AttemptObserver


class Fleet(NamedTuple):
    """What every request of one worker shares; time and chance come in from outside."""

    deployments: tuple[Deployment, ...]
    settings: PressureSettings
    clock: Callable[[], float]
    rng: random.Random
    observe: AttemptObserver

    def choose(
        self,
        candidates: Iterable[Deployment],
        wait: Callable[[Deployment], float],
        failures: Mapping[Deployment, int],
    ) -> Deployment | None:
        """Choose where to send a request; None if there is no candidate.

        Of those that take it at once, the one that has failed it least, then the lowest priority
        and, within it, by weight. If none takes it at once, the one with the shortest wait.
        """

        def rank(deployment: Deployment) -> tuple[int, int]:
            return failures.get(deployment, 0), deployment.backend.priority

        waits = {deployment: wait(deployment) for deployment in candidates}
        ready = [deployment for deployment, seconds in waits.items() if seconds <= 0]
        if not ready:
            return min(waits, key=lambda d: (waits[d], d.backend.priority), default=None)
        best = min(map(rank, ready))
        first = [deployment for deployment in ready if rank(deployment) == best]
        return self.rng.choices(first, [deployment.backend.weight for deployment in first])[0]

    def soonest(self) -> float | None:
        """Seconds until one of them may take a request again; None without any."""
        waits = (max(d.circuit.seconds_to_probe(), d.expected_wait()) for d in self.deployments)
        return min(waits, default=None)
