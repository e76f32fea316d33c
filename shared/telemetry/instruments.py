"""The metrics, by OpenTelemetry's conventions where there are any.

A request's duration is not under its conventional name: Application Insights would count it as the
standard metric that the Functions host reports already, and drop the route.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from opentelemetry.metrics import CallbackOptions, Observation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from opentelemetry.metrics import Meter

    from shared.azure_openai.deployment import DeploymentState
    from shared.azure_openai.observing import Attempt
    from shared.telemetry.histograms import Attributes, Histograms
    from shared.telemetry.request_line import Line

_TOO_MANY_REQUESTS = 429

_GAUGES: dict[str, tuple[str, Callable[[DeploymentState], int]]] = {
    "ielts.upstream.in_flight": ("{request}", lambda state: state.in_flight),
    "ielts.upstream.waiting": ("{request}", lambda state: state.waiting),
    "ielts.circuit.open": ("1", lambda state: int(state.reason is not None)),
}


class _Tally:
    """A counter that adds up by itself and is asked when metrics are exported.

    Adding to a counter of OpenTelemetry's costs a request ten times as much.
    """

    def __init__(self, meter: Meter, name: str, unit: str, description: str = "") -> None:
        self._counts: dict[Attributes, int] = {}
        meter.create_observable_counter(name, [self._observe], unit, description)

    def add(self, count: int, *attributes: tuple[str, str | int]) -> None:
        self._counts[attributes] = self._counts.get(attributes, 0) + count

    def _observe(self, _: CallbackOptions) -> Iterable[Observation]:
        # Copied, for meanwhile the event loop's thread may add another kind.
        return [Observation(count, dict(kind)) for kind, count in self._counts.copy().items()]


class Instruments:
    """Counters and histograms; durations in seconds."""

    def __init__(self, meter: Meter, histograms: Histograms) -> None:
        self._meter = meter
        histogram = histograms.create
        self._request = histogram("ielts.request.duration", "s", "Every request")
        self._generation = histogram("ielts.generation.duration", "s", "Until the question is out")
        self._operation = histogram("gen_ai.client.operation.duration", "s")
        self._tokens = histogram("gen_ai.client.token.usage", "{token}")
        self._wait = histogram("ielts.upstream.wait", "s", "For a slot, a cooldown or a backoff")
        self._questions = _Tally(meter, "ielts.questions", "{answer}", "Answers by source")
        self._repairs = _Tally(meter, "ielts.repairs", "{repair}")
        self._findings = _Tally(meter, "ielts.rule.findings", "{answer}", "Answers with it")
        self._attempts = _Tally(meter, "ielts.upstream.attempts", "{attempt}", "How they ended")
        self._limited = _Tally(meter, "ielts.requests.rate_limited", "{request}", "429")

    def watch(self, states: Callable[[], Sequence[DeploymentState]]) -> None:
        """Report the deployments' queues and circuits whenever metrics are exported."""
        for name, (unit, read) in _GAUGES.items():

            def observe(
                _: CallbackOptions, read: Callable[[DeploymentState], int] = read
            ) -> Iterable[Observation]:
                return [Observation(read(s), {"deployment": s.name}) for s in states()]

            self._meter.create_observable_gauge(name, [observe], unit)

    def record_request(self, line: Line) -> None:
        """Count what the request's log line says."""
        seconds, status = line["duration_ms"] / 1000, ("http.response.status_code", line["status"])
        method, route = ("http.request.method", line["method"]), ("http.route", line["route"])
        self._request.record(seconds, method, route, status)
        if line["status"] == _TOO_MANY_REQUESTS:
            self._limited.add(1, route)
        if line["source"] is None:
            return
        source = ("source", str(line["source"]))
        self._questions.add(1, source, route)
        self._generation.record(seconds, source, route)
        if line["repairs"]:
            self._repairs.add(line["repairs"])
        for rule in (line["findings"] or "").split(","):
            if rule:
                self._findings.add(1, ("rule", rule), source)

    def record_attempt(self, attempt: Attempt) -> None:
        """Count one upstream request."""
        result = attempt.result
        self._attempts.add(
            1,
            ("deployment", attempt.deployment),
            ("outcome", result.outcome.name),
            ("status", result.status or 0),
        )

    def record_answer(
        self, seconds: float, wait_ms: float, tokens: dict[str, int], attributes: dict[str, Any]
    ) -> None:
        """Count one answer of the model, or the lack of one; `tokens` by input and output."""
        common = tuple(attributes.items())
        self._operation.record(seconds, *common)
        self._wait.record(wait_ms / 1000, ("deployment", attributes["gen_ai.request.model"]))
        for kind, count in tokens.items():
            self._tokens.record(count, *common, ("gen_ai.token.type", kind))
