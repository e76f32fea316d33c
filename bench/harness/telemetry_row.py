"""One way of recording requests, measured in a process of its own.

    python -m bench.harness.telemetry_row ROW ROUNDS

prints the figures of each round as JSON. What a row is switched on by stands in its environment.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from shared.azure_openai import outcomes
from shared.azure_openai.call import Result
from shared.azure_openai.observing import Attempt
from shared.generation.ports import Message, Task, Usage
from shared.settings import Settings
from shared.telemetry.active import ACTIVE
from shared.telemetry.model_calls import ModelCallLog
from shared.telemetry.request_record import RequestRecord
from shared.telemetry.set_up import set_up_telemetry

if TYPE_CHECKING:
    from collections.abc import Callable

REQUESTS = 512  # what one batch of an exporter holds
WARM_UP = 200

TASK = Task("long_turn", (Message("user", "Write."),), {}, 700)
RESULT = Result(outcomes.ANSWER, "{}", "gpt", "stop", Usage(291, 93, 384), 200)
FIELDS = {
    "event": "request",
    "method": "POST",
    "route": "generate-question",
    "status": 200,
    "request_id": "0af76519-16cd-43dd-8448-eb211c80319c",
    "roles": "candidate",
    "user_agent": "frontend/1",
    "source": "bank",
    "deployment": "main",
    "attempts": 1,
    "tokens": 384,
}


def plain_text() -> Callable[[], None]:
    """A sentence of a few words by Python's logging."""
    logger = logging.getLogger("app")

    def record() -> None:
        started = time.perf_counter()
        logger.info("%s %s %d %.1f ms", "POST", "generate-question", 200, _ms(started))

    return record


def plain_json() -> Callable[[], None]:
    """python-json-logger as its documentation has it, with the same fields in `extra`."""
    from pythonjsonlogger.json import JsonFormatter  # noqa: PLC0415 - this row alone

    for handler in logging.getLogger().handlers:
        handler.setFormatter(JsonFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("app")

    def record() -> None:
        started = time.perf_counter()
        logger.info("request", extra={**FIELDS, "duration_ms": _ms(started)})

    return record


def plain_export() -> Callable[[], None]:
    """Azure's distribution as its documentation has it: a span, a line, a histogram.

    The SDK's own lines are kept out: each export would write some, and they be exported in turn.
    """
    from azure.monitor.opentelemetry import configure_azure_monitor  # noqa: PLC0415 - this row alone
    from opentelemetry import metrics, trace  # noqa: PLC0415 - as above

    record_line = plain_json()
    configure_azure_monitor()
    logging.getLogger("azure").setLevel(logging.WARNING)
    tracer = trace.get_tracer("app")
    duration = metrics.get_meter("app").create_histogram("duration", "s")

    def record() -> None:
        started = time.perf_counter()
        with tracer.start_as_current_span("generate-question", kind=trace.SpanKind.SERVER) as span:
            span.set_attribute("http.response.status_code", 200)
            record_line()
        duration.record(_ms(started) / 1000, {"http.route": "generate-question"})

    return record


def ours() -> Callable[[], None]:
    """What the pipeline records of an answer of the bank."""
    set_up_telemetry(Settings())
    call = _call("bank")

    def record() -> None:
        with RequestRecord(call) as recorded:
            recorded.status = 200

    return record


def ours_in_worker() -> Callable[[], None]:
    """The same in Microsoft's worker."""
    return _in_worker(ours)


def ours_with_model() -> Callable[[], None]:
    """And of an answer of the model, at the first attempt."""
    set_up_telemetry(Settings())
    call, model_calls = _call("model"), ModelCallLog("2026-11-1", with_content=False)

    def record() -> None:
        with RequestRecord(call) as recorded:
            _ask_model(model_calls)
            recorded.status = 200

    return record


def ours_in_worker_with_model() -> Callable[[], None]:
    """The same in Microsoft's worker."""
    return _in_worker(ours_with_model)


def _in_worker(row: Callable[[], Callable[[], None]]) -> Callable[[], None]:
    """In Microsoft's worker, which reads each request's trace context before the app does."""
    from azure_functions_runtime import otel  # noqa: PLC0415 - this row alone

    otel.update_opentelemetry_status()
    if Settings().python_applicationinsights_enable_telemetry:
        otel.initialize_azure_monitor()
    context, record_request = _call("bank").context, row()

    def record() -> None:
        otel.configure_opentelemetry(context)
        record_request()

    return record


ROWS = {
    "plain_text": plain_text,
    "plain_json": plain_json,
    "plain_export": plain_export,
    "ours": ours,
    "ours_in_worker": ours_in_worker,
    "ours_with_model": ours_with_model,
    "ours_in_worker_with_model": ours_in_worker_with_model,
}


def measure(row: str, rounds: int) -> list[dict[str, float]]:
    """Microseconds of CPU a request, on the event loop's thread and in the whole process."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    nowhere = Path(os.devnull).open("w")  # noqa: SIM115 - open as long as the process
    root.addHandler(logging.StreamHandler(nowhere))
    record = ROWS[row]()
    for _ in range(WARM_UP):
        record()
    _flush()
    return [_round(record) for _ in range(rounds)]


def _round(record: Callable[[], None]) -> dict[str, float]:
    thread, process = time.thread_time(), time.process_time()
    for _ in range(REQUESTS):
        record()
    loop = time.thread_time() - thread
    _flush()  # what the exporter's threads still have to do belongs to these requests
    whole = time.process_time() - process
    return {"loop_us": loop / REQUESTS * 1e6, "process_us": whole / REQUESTS * 1e6}


def _flush() -> None:
    if "opentelemetry.sdk.trace" not in sys.modules:
        return
    from opentelemetry import _logs, trace  # noqa: PLC0415 - only in the rows that export

    providers: tuple[Any, ...] = (trace.get_tracer_provider(), _logs.get_logger_provider())
    handlers: list[Any] = logging.getLogger("shared").handlers
    ours = [handler.provider for handler in handlers if hasattr(handler, "provider")]
    if ACTIVE.signals is not None:
        ours.append(ACTIVE.signals.spans)
    for provider in (*providers, *ours):
        provider.force_flush()


def _call(source: str) -> Any:
    return SimpleNamespace(
        request=SimpleNamespace(method="POST", headers={"User-Agent": "frontend/1"}),
        declaration=SimpleNamespace(route="generate-question"),
        request_id=FIELDS["request_id"],
        context=SimpleNamespace(
            invocation_id="1bf76519-16cd-43dd-8448-eb211c80319c",
            trace_context=SimpleNamespace(
                trace_parent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                trace_state="",
            ),
        ),
        principal=SimpleNamespace(subject="someone", roles=frozenset({"candidate"})),
        facts={
            "source": source,
            "model": "gpt",
            "deployment": "main",
            "attempts": 1,
            "wait_ms": 0.0,
            "tokens": 384,
            "repairs": 0,
            "findings": None,
            "bank_reason": None,
        },
    )


def _ask_model(model_calls: ModelCallLog) -> None:
    signals = ACTIVE.signals
    if signals is None:
        model_calls(Attempt("main", TASK, 1, 1.2, RESULT))
        return
    asked = {"gen_ai.operation.name": "chat", "gen_ai.request.model": "main"}
    with signals.model_span(asked) as span:
        model_calls(Attempt("main", TASK, 1, 1.2, RESULT))
        span.update_name("chat main")
        span.set_attributes({"gen_ai.usage.input_tokens": 291, "ielts.attempts": 1})
        signals.instruments.record_answer(1.2, 0.0, {"input": 291, "output": 93}, asked)


def _ms(started: float) -> float:
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
