"""What telemetry costs a request: CPU on the event loop's thread, and in the whole process.

`python -m bench.telemetry` prints a table and writes bench/results/telemetry.json. Each row runs
in a process of its own; Application Insights is a loopback server in another one. Each figure is
the best of many short rounds: what is left when nobody else uses the machine.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from shared.azure_openai import outcomes
from shared.azure_openai.call import Result
from shared.azure_openai.observing import Attempt
from shared.generation.ports import Message, Task, Usage
from shared.settings import Settings
from shared.telemetry.active import ACTIVE
from shared.telemetry.model_calls import ModelCallLog
from shared.telemetry.request_record import RequestRecord
from shared.telemetry.set_up import set_up_telemetry
from tests.support.ingestion import Ingestion

ROUNDS = 25
REQUESTS = 512  # what one batch of an exporter holds
WARM_UP = 200
RESULTS = Path(__file__).parent / "results" / "telemetry.json"

TASK = Task("long_turn", (Message("user", "Write."),), {}, 700)
RESULT = Result(outcomes.ANSWER, "{}", "gpt", "stop", Usage(291, 93, 384), 200)

ROWS = {
    "bare": "one line of four words by Python's logging (the yardstick)",
    "text": "the canonical line, as text",
    "json": "the canonical line, as JSON",
    "json-model": "the line and a model call's record, as JSON",
    "export-host": "JSON, and exported, behind the Functions host",
    "export": "the same, the request being a span of ours",
    "export-model": "the same, with a model call: record, span, metrics",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--row", choices=ROWS)
    row = parser.parse_args().row
    if row:
        print(json.dumps(measure(row)))
        return
    results = {}
    print(f"{'us a request':14}{'loop':>8}{'process':>10}")
    with Ingestion() as ingestion:
        for name, what in ROWS.items():
            results[name] = run(name, ingestion)
            ingestion.items.clear()
            figures = results[name]
            print(f"{name:14}{figures['loop_us']:8.1f}{figures['process_us']:10.1f}  {what}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n")


def run(row: str, ingestion: Ingestion) -> dict[str, float]:
    settings = {
        "LOG_FORMAT": "text" if row == "text" else "json",
        "APPLICATIONINSIGHTS_STATSBEAT_DISABLED_ALL": "true",
        "APPLICATIONINSIGHTS_SDKSTATS_DISABLED": "true",
        "APPLICATIONINSIGHTS_CONTROLPLANE_DISABLED": "true",
    }
    if row.startswith("export"):
        settings |= {
            "APPLICATIONINSIGHTS_CONNECTION_STRING": ingestion.connection_string,
            "PYTHON_ENABLE_OPENTELEMETRY": "true",
        }
    if row == "export-host":
        settings["WEBSITE_SITE_NAME"] = "bench"
    outcome = subprocess.run(
        [sys.executable, "-m", "bench.telemetry", "--row", row],
        env={**os.environ, **settings},
        check=True,
        capture_output=True,
        text=True,
    )
    figures: dict[str, float] = json.loads(outcome.stdout.splitlines()[-1])
    return figures


def measure(row: str) -> dict[str, float]:
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    nowhere = Path(os.devnull).open("w")  # noqa: SIM115 - open as long as the process
    root.addHandler(logging.StreamHandler(nowhere))
    set_up_telemetry(Settings())
    work = bare if row == "bare" else Requests(with_model=row.endswith("model"))
    for _ in range(WARM_UP):
        work()
    flush()
    rounds = [one_round(work) for _ in range(ROUNDS)]
    return {
        "loop_us": min(loop for loop, _ in rounds),
        "process_us": min(process for _, process in rounds),
        "process_us_median": statistics.median(process for _, process in rounds),
    }


def one_round(work: Any) -> tuple[float, float]:
    thread, process = time.thread_time(), time.process_time()
    for _ in range(REQUESTS):
        work()
    loop = time.thread_time() - thread
    flush()  # what the exporter's threads still have to do belongs to these requests
    return loop / REQUESTS * 1e6, (time.process_time() - process) / REQUESTS * 1e6


def flush() -> None:
    if ACTIVE.signals is None:
        return
    from opentelemetry import _logs, trace  # noqa: PLC0415 - only in the rows that export

    providers: tuple[Any, ...] = (trace.get_tracer_provider(), _logs.get_logger_provider())
    for provider in providers:
        provider.force_flush()


def bare() -> None:
    logging.getLogger("shared.bare").info("four words and nothing")


class Requests:
    """One request after another, recorded as the pipeline does."""

    def __init__(self, *, with_model: bool) -> None:
        self.with_model = with_model
        self.model_calls = ModelCallLog("2026-11-1", with_content=False)
        self.call: Any = SimpleNamespace(
            request=SimpleNamespace(method="POST", headers={"User-Agent": "frontend/1"}),
            declaration=SimpleNamespace(route="generate-question"),
            request_id="0af76519-16cd-43dd-8448-eb211c80319c",
            context=SimpleNamespace(
                invocation_id="1bf76519-16cd-43dd-8448-eb211c80319c",
                trace_context=SimpleNamespace(
                    trace_parent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                    trace_state="",
                ),
            ),
            principal=SimpleNamespace(subject="someone", roles=frozenset({"candidate"})),
            facts={
                "source": "model" if with_model else "bank",
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

    def __call__(self) -> None:
        with RequestRecord(self.call) as record:
            if self.with_model:
                self.ask_model()
            record.status = 200

    def ask_model(self) -> None:
        signals = ACTIVE.signals
        if signals is None:
            self.model_calls(Attempt("main", TASK, 1, 1.2, RESULT))
            return
        asked = {"gen_ai.operation.name": "chat", "gen_ai.request.model": "main"}
        with signals.model_span(asked) as span:
            self.model_calls(Attempt("main", TASK, 1, 1.2, RESULT))
            span.update_name("chat main")
            span.set_attributes({"gen_ai.usage.input_tokens": 291, "ielts.attempts": 1})
            signals.instruments.record_answer(1.2, 0.0, {"input": 291, "output": 93}, asked)


if __name__ == "__main__":
    main()
