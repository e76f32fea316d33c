"""The canonical log line: one a request, the same fields everywhere."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from shared.telemetry.pseudonym import pseudonym

if TYPE_CHECKING:
    from shared.http.call import Call

logger = logging.getLogger("ielts.request")

_SERVER_ERROR = 500
_LONGEST_AGENT = 120


def log_request(call: Call, status: int, duration_ms: float) -> None:
    """Log the finished request: as text for a person, its fields as `extra` for machines.

    The fields never hold a token, a topic, a prompt or an address; the subject is a keyed hash.
    """
    fields = _fields(call, status, duration_ms)
    level = logging.ERROR if status == _SERVER_ERROR else logging.INFO
    text = " ".join(f"{name}={value}" for name, value in fields.items() if value is not None)
    logger.log(level, "request %s", text, extra=fields)


def _fields(call: Call, status: int, duration_ms: float) -> dict[str, Any]:
    principal = call.principal
    return {
        "method": call.request.method,
        "route": call.declaration.route,
        "status": status,
        "duration_ms": round(duration_ms, 2),
        "request_id": call.request_id,
        "invocation_id": call.context.invocation_id,
        "subject": pseudonym(principal.subject) if principal else None,
        "roles": ",".join(sorted(principal.roles)) if principal else None,
        "user_agent": _agent(call.request.headers.get("User-Agent")),
        **call.facts,
    }


def _agent(header: str | None) -> str | None:
    """The user agent as one printable token: whoever sends it must not be able to forge a line."""
    if not header:
        return None
    return "".join(c if c.isprintable() and c != " " else "_" for c in header[:_LONGEST_AGENT])
