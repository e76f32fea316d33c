"""Application Insights in each way a function app can be set up.

* The worker exports (PYTHON_APPLICATIONINSIGHTS_ENABLE_TELEMETRY): Azure's worker has configured
  everything before it imports the app. Configuring again would double every line.
* We export (PYTHON_ENABLE_OPENTELEMETRY and a connection string): configured here, once.
* Nobody does (neither): the host forwards the worker's lines; exporting here, too, would double
  them, so this module is not even imported.

The options that both ways read from the environment themselves: OTEL_TRACES_SAMPLER and its _ARG,
OTEL_PYTHON_DISABLED_INSTRUMENTATIONS, APPLICATIONINSIGHTS_AUTHENTICATION_STRING (Entra sign-in).
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from opentelemetry import metrics, trace
from opentelemetry.instrumentation.httpx import HTTPX2ClientInstrumentor
from opentelemetry.instrumentation.logging.handler import LoggingHandler
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from shared import __version__
from shared.telemetry.addresses import AddressRemover
from shared.telemetry.exported_lines import LineHandler
from shared.telemetry.exported_spans import SpanExporter
from shared.telemetry.histograms import Histograms
from shared.telemetry.signals import SCOPE, Signals
from shared.telemetry.sparing import Sparing

if TYPE_CHECKING:
    from opentelemetry.sdk.resources import Resource

    from shared.settings import Settings

logger = logging.getLogger(__name__)

_EXPORTER = "azure.monitor.opentelemetry.exporter.export._base"
"""The logger that tells of each batch that could not be sent, and where to."""

_SILENT = (
    "azure_sdk",
    "django",
    "fastapi",
    "flask",
    "httpx",
    "psycopg2",
    "requests",
    "urllib",
    "urllib3",
)
"""What azure-monitor-opentelemetry would instrument; of it only httpx2 sends the app's requests."""


def start(settings: Settings) -> Signals | None:
    """Configure the export where that is ours to do, and return what records into it.

    Raises:
        ValueError: the connection string is none.

    """
    if not settings.python_applicationinsights_enable_telemetry:
        _configure(settings)
    provider = trace.get_tracer_provider()
    if not isinstance(provider, TracerProvider):
        logger.warning(
            "telemetry_not_exported: PYTHON_APPLICATIONINSIGHTS_ENABLE_TELEMETRY is set, but the "
            "worker has configured nothing"
        )
        return None
    provider.add_span_processor(AddressRemover())
    logging.getLogger(_EXPORTER).addFilter(Sparing())
    histograms = Histograms(_connection_string(settings))
    if isinstance(metrics.get_meter_provider(), MeterProvider):  # OTEL_METRICS_EXPORTER may be none
        histograms.start(provider.resource, SCOPE)
    spans = _take_over_spans(settings, provider)
    # Last, for what was started last is the first to send what is left when the process ends.
    _take_over_lines(settings, provider.resource)
    return Signals(spans, histograms, makes_requests=not settings.behind_functions_host)


def _take_over_lines(settings: Settings, resource: Resource) -> None:
    """Wherever records are exported from, export our lines in the shorter way instead."""
    for name in {settings.python_applicationinsights_logger_name, None}:
        exporting = logging.getLogger(name)
        for handler in [each for each in exporting.handlers if isinstance(each, LoggingHandler)]:
            exporting.removeHandler(handler)
            exporting.addHandler(LineHandler(handler, _connection_string(settings), resource))


def _take_over_spans(settings: Settings, replaced: TracerProvider) -> TracerProvider:
    """Export our spans, those of requests to the model included, in the shorter way, too."""
    provider = TracerProvider(replaced.sampler, replaced.resource)
    exporter = SpanExporter(_connection_string(settings))
    for processor in (AddressRemover(), BatchSpanProcessor(exporter)):
        provider.add_span_processor(processor)
    attempts = HTTPX2ClientInstrumentor()
    if attempts.is_instrumented_by_opentelemetry:
        attempts.uninstrument()
        attempts.instrument(tracer_provider=provider)
    return provider


def _configure(settings: Settings) -> None:
    from azure.monitor.opentelemetry import configure_azure_monitor  # noqa: PLC0415 - heavy
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - as above

    # As the worker does: the default detectors ask a metadata address that a function app has not.
    os.environ.setdefault("OTEL_EXPERIMENTAL_RESOURCE_DETECTORS", "azure_functions")
    # Examples of traces for each metric, which are never exported, and the SDK's report on itself.
    os.environ.setdefault("OTEL_METRICS_EXEMPLAR_FILTER", "always_off")
    os.environ.setdefault("APPLICATIONINSIGHTS_SDKSTATS_DISABLED", "true")
    resource = Resource({"service.name": _service_name(settings), "service.version": __version__})
    configure_azure_monitor(
        connection_string=_connection_string(settings),
        logger_name=settings.python_applicationinsights_logger_name,
        resource=resource,
        instrumentation_options={name: {"enabled": False} for name in _SILENT},
        enable_live_metrics=False,
        enable_performance_counters=False,
    )


def _service_name(settings: Settings) -> str:
    """The role name in Application Insights: in Azure the app's own, as the host reports it."""
    return settings.website_site_name or "ielts-speaking-questions"


def _connection_string(settings: Settings) -> str:
    secret = settings.applicationinsights_connection_string
    return secret.get_secret_value() if secret else ""
