"""Scripting the stand-in over HTTP, for tests and benches in other processes.

`GET /control/stats` gives the counters. `POST /control` takes any of these, in this order:

    {"clear": true,                               forget records, counters and scripts
     "recording": false,                          keep no requests
     "behaviour": "ok" | {"name": ..., ...},      how requests are answered from now on
     "script": ["reset", {"name": "latency", "seconds": 1}],
     "deployments": {"NAME": {"latency": 1.0, "rpm": 60, "tpm": 6000, "unsupported": ["max_tokens"],
                              "behaviour": ..., "script": [...]}}}

A deployment of a new name is added. "behaviour": null hands a deployment back to the server's.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .behaviour import from_spec
from .deployment import Deployment
from .quota import Quota
from .reply import Reply, json_reply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .service import Service
    from .wire import Exchange

PREFIX = "/control"


def control(service: Service, exchange: Exchange) -> Reply:
    """Answer a control request: the counters, after any change that it asks for."""
    try:
        if exchange.method == "POST":
            apply(service, json.loads(exchange.body or b"{}"))
    except (ValueError, KeyError, TypeError) as problem:
        return _uncounted(400, {"error": f"{type(problem).__name__}: {problem}"})
    return _uncounted(200, service.stats())


def _uncounted(status: int, body: Any) -> Reply:
    return replace(json_reply(status, body), counted=False)


def apply(service: Service, order: Mapping[str, Any]) -> None:
    """Carry out an order as described above.

    Raises:
        KeyError: an unknown behaviour.
        TypeError: a setting of the wrong kind, or an argument that a behaviour does not take.

    """
    if order.get("clear"):
        service.clear()
    service.recording = order.get("recording", service.recording)
    if "behaviour" in order:
        service.behaviour = from_spec(order["behaviour"])
    service.script.extend(map(from_spec, order.get("script", ())))
    for name, settings in order.get("deployments", {}).items():
        _change(service.deployments.setdefault(name, Deployment(name)), settings)


def _change(deployment: Deployment, settings: Mapping[str, Any]) -> None:
    deployment.latency = settings.get("latency", deployment.latency)
    deployment.unsupported = frozenset(settings.get("unsupported", deployment.unsupported))
    if settings.keys() & {"rpm", "tpm"}:
        deployment.quota = Quota(settings.get("rpm"), settings.get("tpm"))
    if "behaviour" in settings:
        spec = settings["behaviour"]
        deployment.behaviour = None if spec is None else from_spec(spec)
    deployment.script.extend(map(from_spec, settings.get("script", ())))
