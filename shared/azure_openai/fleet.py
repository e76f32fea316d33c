"""All deployments together: which is asked next, by priority, by weight, by how long it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable

    from shared.azure_openai.backends import PressureSettings
    from shared.azure_openai.deployment import Deployment


@dataclass(frozen=True, slots=True)
class Fleet:
    """What every request of one worker shares; time and chance come in from outside."""

    deployments: tuple[Deployment, ...]
    settings: PressureSettings
    clock: Callable[[], float]
    rng: random.Random

    def choose(
        self, candidates: Iterable[Deployment], wait: Callable[[Deployment], float]
    ) -> Deployment | None:
        """Choose where to send a request; None if there is no candidate.

        Of those that take it at once, the lowest priority and, within it, by weight. If none does,
        the one with the shortest wait.
        """
        waits = {deployment: wait(deployment) for deployment in candidates}
        ready = [deployment for deployment, seconds in waits.items() if seconds <= 0]
        if not ready:
            return min(waits, key=lambda d: (waits[d], d.backend.priority), default=None)
        priority = min(deployment.backend.priority for deployment in ready)
        first = [deployment for deployment in ready if deployment.backend.priority == priority]
        return self.rng.choices(first, [deployment.backend.weight for deployment in first])[0]

    def soonest(self) -> float | None:
        """Seconds until one of them may take a request again; None without any."""
        waits = (max(d.circuit.seconds_to_probe(), d.expected_wait()) for d in self.deployments)
        return min(waits, default=None)
