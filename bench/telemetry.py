"""What telemetry costs a request: a log line, and the export to Application Insights."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field

from bench.harness.report import REPOSITORY, Report, short_run
from tests.support.ingestion import Ingestion

LOGGING_TARGET, EXPORT_TARGET = 25.0, 150.0
_AT_HOME = {
    "APPLICATIONINSIGHTS_STATSBEAT_DISABLED_ALL": "true",
    "APPLICATIONINSIGHTS_SDKSTATS_DISABLED": "true",
    "APPLICATIONINSIGHTS_CONTROLPLANE_DISABLED": "true",
    "OTEL_TRACES_SAMPLER": "always_on",
}
_EXPORTS = {"PYTHON_ENABLE_OPENTELEMETRY": "true", "LOG_FORMAT": "json"}
_IN_AZURE = {"WEBSITE_SITE_NAME": "bench", "LOG_FORMAT": "json"}


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One contender: what records (bench/harness/telemetry_row.py), and its settings."""

    name: str
    records: str
    env: dict[str, str] = field(default_factory=dict)
    exports: bool = False


PLAIN_TEXT = Row("plain logging: a sentence", "plain_text")
PLAIN_JSON = Row("plain logging: JSON, the same fields", "plain_json")
TEXT = Row("this app: text", "ours")
JSON = Row("this app: JSON", "ours", {"LOG_FORMAT": "json"})
JSON_MODEL = Row("this app: JSON, with a model call", "ours_with_model", {"LOG_FORMAT": "json"})
PLAIN_EXPORT = Row("plain azure-monitor-opentelemetry, JSON", "plain_export", exports=True)
BY_WORKER = Row(
    "this app in Azure: JSON, exported by the worker",
    "ours_in_worker",
    {
        **_IN_AZURE,
        "PYTHON_APPLICATIONINSIGHTS_ENABLE_TELEMETRY": "true",
        "PYTHON_APPLICATIONINSIGHTS_LOGGER_NAME": "shared",
        "OTEL_METRICS_EXEMPLAR_FILTER": "always_off",
        "OTEL_PYTHON_DISABLED_INSTRUMENTATIONS": "azure_sdk,requests,urllib,urllib3",
    },
    exports=True,
)
BY_APP = Row(
    "this app in Azure: JSON, exported by the app",
    "ours_in_worker",
    {**_IN_AZURE, **_EXPORTS},
    exports=True,
)
BY_APP_MODEL = Row(
    "this app in Azure: the same, with a model call and its span",
    "ours_in_worker_with_model",
    {**_IN_AZURE, **_EXPORTS},
    exports=True,
)
EXPORT = Row(
    "this app without a host: JSON, exported, with a span a request", "ours", _EXPORTS, exports=True
)
ROWS = (
    *(PLAIN_TEXT, PLAIN_JSON, TEXT, JSON, JSON_MODEL),
    *(PLAIN_EXPORT, BY_WORKER, BY_APP, BY_APP_MODEL, EXPORT),
)


def main(*, short: bool) -> Report:
    passes, rounds = (1, 8) if short else (3, 12)
    figures: dict[Row, list[dict[str, float]]] = {row: [] for row in ROWS}
    with Ingestion() as ingestion:
        for _ in range(passes):
            for row in ROWS:
                figures[row] += _measure(row, rounds, ingestion)
                ingestion.items.clear()
    return _report(figures, short=short)


def _measure(row: Row, rounds: int, ingestion: Ingestion) -> list[dict[str, float]]:
    settings = {"PATH": os.environ["PATH"], **row.env}
    if row.exports:
        connection = {"APPLICATIONINSIGHTS_CONNECTION_STRING": ingestion.connection_string}
        settings |= {**_AT_HOME, **connection}
    outcome = subprocess.run(
        [sys.executable, "-m", "bench.harness.telemetry_row", row.records, str(rounds)],
        cwd=REPOSITORY,
        env=settings,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    measured: list[dict[str, float]] = json.loads(outcome.stdout.splitlines()[-1])
    return measured


def _report(figures: dict[Row, list[dict[str, float]]], *, short: bool) -> Report:
    report = Report(
        "telemetry",
        "Telemetry",
        "CPU microseconds that recording one request takes, on the event loop's thread and in the "
        "whole process, its exporting threads included. Lines are formatted and written to "
        "nowhere; Application Insights is a loopback server in another process; nothing is "
        "sampled out. A function app's requests are reported by its host, in Azure and under `func "
        "start`, and there the worker's reading of the trace context is counted, too; without a "
        "host a request is a span of the app's, shown for comparison. What exporting costs is what "
        "the process takes beyond the same lines in JSON: a request waits for the loop's part "
        "only, but the exporting threads hold the interpreter that the next request needs. Each "
        "contender in processes of its own, which alternate; the best of many rounds: what is left "
        "when nobody else uses the machine.",
        short=short,
    )
    for row in ROWS:
        report.rows.append(
            {
                "contender": row.name,
                "loop, µs": f"{_best(figures[row], 'loop_us'):.0f}",
                "process, µs": f"{_best(figures[row], 'process_us'):.0f}",
            }
        )
        report.figures[row.name] = figures[row]
    logging_us = _best(figures[JSON], "process_us")
    report.target(
        "Logging in JSON",
        f"at most {LOGGING_TARGET:.0f} µs a request",
        f"{logging_us:.0f} µs",
        met=logging_us <= LOGGING_TARGET,
    )
    for what, row in (("by the worker", BY_WORKER), ("by the app", BY_APP)):
        export_us, on_loop_us = (
            _best(figures[row], figure) - _best(figures[JSON], figure)
            for figure in ("process_us", "loop_us")
        )
        report.target(
            f"Exporting to Application Insights, {what}",
            f"at most {EXPORT_TARGET:.0f} µs a request",
            f"{export_us:.0f} µs, {on_loop_us:.0f} of them on the loop",
            met=export_us <= EXPORT_TARGET,
        )
    return report


def _best(rounds: list[dict[str, float]], figure: str) -> float:
    return min(each[figure] for each in rounds)


if __name__ == "__main__":
    main(short=short_run()).finish()
