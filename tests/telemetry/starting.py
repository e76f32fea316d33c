"""The ways in which a function app can be set up to export telemetry."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tests.support.running_app import HOST_KINDS, HostKind

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from tests.app.service import Service

QUICK = {
    "OTEL_BSP_SCHEDULE_DELAY": "50",
    "OTEL_BLRP_SCHEDULE_DELAY": "50",
    "OTEL_METRIC_EXPORT_INTERVAL": "300",
}
"""Milliseconds between exports."""

GOOD_ANSWER = json.dumps(
    {
        "questions": [
            "Where is the desk that you use most?",
            "What do you keep within reach when you sit there? [Why?]",
            "How often do you tidy your desk?",
            "Would you rather have a big desk or a small one? [Why?]",
        ]
    }
)
"""A Part 1 frame of ours that breaks no rule."""

AT_HOME = {
    "APPLICATIONINSIGHTS_STATSBEAT_DISABLED_ALL": "true",
    "APPLICATIONINSIGHTS_SDKSTATS_DISABLED": "true",
    "APPLICATIONINSIGHTS_CONTROLPLANE_DISABLED": "true",
}
"""The SDK's reports on itself, which go to Microsoft."""


@dataclass(frozen=True)
class SetUp:
    """One way, by its flags."""

    name: str
    flags: dict[str, str]

    def settings(self, connection_string: str) -> dict[str, str]:
        """The app settings that export there, in no time and in full."""
        export = {
            "APPLICATIONINSIGHTS_CONNECTION_STRING": connection_string,
            "OTEL_TRACES_SAMPLER": "always_on",
        }
        return {**export, **QUICK, **AT_HOME, **self.flags}


WORKER_RUN = SetUp(
    "worker-run",
    {
        "PYTHON_APPLICATIONINSIGHTS_ENABLE_TELEMETRY": "true",
        "PYTHON_APPLICATIONINSIGHTS_LOGGER_NAME": "shared",
        "OTEL_PYTHON_DISABLED_INSTRUMENTATIONS": "azure_sdk,requests,urllib,urllib3",
    },
)
OWN = SetUp("own", {"PYTHON_ENABLE_OPENTELEMETRY": "true"})
BOTH_FLAGS = SetUp("both-flags", {**WORKER_RUN.flags, **OWN.flags})
NONE = SetUp("none", {})

EXPORTING: list[tuple[HostKind, SetUp]] = (
    [("worker", WORKER_RUN), ("worker", OWN), ("worker", BOTH_FLAGS)]
    if "worker" in HOST_KINDS
    else [("local", OWN)]
)


class Start(Protocol):
    """Starts the app on a kind of host, with further settings."""

    def __call__(self, kind: HostKind = ..., /, **env: str) -> AbstractContextManager[Service]: ...
