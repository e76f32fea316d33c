"""A deployment that keeps failing is skipped, asked again by one request, and taken back."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from shared.azure_openai.outcomes import Outcome

logger = logging.getLogger(__name__)


class Circuit:
    """Closed while the deployment works; open for `probe_seconds` at a time while it does not.

    Logged once per change, never per request.
    """

    def __init__(
        self, name: str, failures_to_open: int, probe_seconds: float, clock: Callable[[], float]
    ) -> None:
        self._name = name
        self._failures_to_open = failures_to_open
        self._probe_seconds = probe_seconds
        self._clock = clock
        self._failures = 0
        self._failing_since = 0.0
        self._probe_at = 0.0
        self._is_probing = False
        self.reason: Outcome | None = None
        """Why the circuit is open; None while it is closed."""

    def allows(self) -> bool:
        """Whether a request may be sent now."""
        return self.reason is None or (not self._is_probing and self._clock() >= self._probe_at)

    def seconds_to_probe(self) -> float:
        """Seconds until a request may be sent; 0 while the circuit is closed."""
        return max(0.0, self._probe_at - self._clock()) if self.reason else 0.0

    def begin(self) -> bool:
        """Note that a request is being sent; return whether it is the one that probes."""
        if self.reason is None:
            return False
        self._is_probing = True
        self._probe_at = self._clock() + self._probe_seconds
        return True

    def end_probe(self) -> None:
        """Allow another probe when it is time; what this one showed is told besides."""
        self._is_probing = False

    def abandon_probe(self) -> None:
        """Allow another probe at once: this one was cancelled and showed nothing."""
        self.end_probe()
        self._probe_at = self._clock()

    def succeeded(self) -> None:
        """Close: the deployment answered, be it with a refusal, so it is alive."""
        self._failures = 0
        if self.reason is not None:
            logger.info("circuit_closed deployment=%s was=%s", self._name, self.reason.name)
            self.reason = None

    def failed(self, outcome: Outcome, success_takes: float) -> None:
        """Count one more failure in a row; enough of them open the circuit.

        They must also last for longer than a success takes, in seconds: failures are quick, and
        many requests at once see a run of them while the successes are still on their way.
        """
        if self._failures == 0:
            self._failing_since = self._clock()
        self._failures += 1
        lasting = self._clock() - self._failing_since >= success_takes
        if self.reason is not None:
            self._probe_at = self._clock() + self._probe_seconds
        elif lasting and self._failures >= self._failures_to_open:
            self._open(outcome)
            logger.warning(
                "circuit_opened deployment=%s reason=%s failures=%d probe_seconds=%g",
                self._name,
                outcome.name,
                self._failures,
                self._probe_seconds,
            )

    def set_aside(self, outcome: Outcome) -> None:
        """Open at once: it cannot work until the operator mends something."""
        if self.reason is outcome:
            self._probe_at = self._clock() + self._probe_seconds
            return
        self._open(outcome)
        logger.error(
            "deployment_misconfigured deployment=%s reason=%s upstream=%r check=%r",
            self._name,
            outcome.name,
            outcome.upstream,
            outcome.check,
        )

    def _open(self, outcome: Outcome) -> None:
        self.reason = outcome
        self._probe_at = self._clock() + self._probe_seconds
