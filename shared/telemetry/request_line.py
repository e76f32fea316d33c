"""The canonical log line: one a request, the same fields everywhere."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from shared.roles import Role
from shared.telemetry.active import TRACE_ID
from shared.telemetry.pseudonym import pseudonym

if TYPE_CHECKING:
    from shared.http.call import Call

logger = logging.getLogger("shared.request")

_SERVER_ERROR = 500
_LONGEST_AGENT = 120
_LIKE_A_TOKEN = re.compile(r"[\w+=-]{32}", re.ASCII)
_NOT_IN_TEXT = frozenset({"event", "message"})

FACTS = (
    "source",
    "model",
    "deployment",
    "attempts",
    "wait_ms",
    "tokens",
    "repairs",
    "findings",
    "bank_reason",
    "error",
    "token",
)
"""What the request's steps may add; null in JSON where they did not."""
_ROLES = frozenset(Role)
_NO_FACTS = dict.fromkeys(FACTS)


class Line(dict[str, Any]):
    """One record's fields: a JSON formatter writes them one by one, any other their text.

    `event` says what happened, in one word; `message`, for JSON, in a few.
    """

    @override
    def __str__(self) -> str:
        """`event name=value ...`, without what is not known."""
        texts = [
            f"{name}={value}"
            for name, value in self.items()
            if value is not None and name not in _NOT_IN_TEXT
        ]
        return " ".join([self["event"], *texts])

    def log(self, to: logging.Logger, level: int) -> None:
        """Write it."""
        if to.isEnabledFor(level):
            # As `to.log` does, but for looking up the caller, which is always this line.
            to.handle(to.makeRecord(to.name, level, __file__, 0, self, (), None))


def log_request(call: Call, status: int, duration_ms: float) -> Line:
    """Log the finished request, and return what was logged.

    The fields never hold a token, a topic, a prompt or an address; the subject is a keyed hash,
    and of the roles, which can be anybody's words, only the service's own are named.
    """
    line = _line(call, status, duration_ms)
    line.log(logger, logging.ERROR if status == _SERVER_ERROR else logging.INFO)
    return line


def _line(call: Call, status: int, duration_ms: float) -> Line:
    principal = call.principal
    return Line(
        event="request",
        message=f"{call.request.method} {call.declaration.route} {status}",
        method=call.request.method,
        route=call.declaration.route,
        status=status,
        duration_ms=round(duration_ms, 2),
        request_id=call.request_id,
        trace_id=TRACE_ID.get(),
        invocation_id=call.context.invocation_id,
        subject=pseudonym(principal.subject) if principal else None,
        roles=",".join(sorted(principal.roles & _ROLES)) if principal else None,
        user_agent=_agent(call.request.headers.get("User-Agent")),
        **{**_NO_FACTS, **call.facts},
    )


def _agent(header: str | None) -> str | None:
    """The user agent as one printable token: whoever sends it must not be able to forge a line.

    Some crawlers name a person to write to, and some clients what they sign in with.
    """
    if not header:
        return None
    if _is_private(header):  # as hardly any: else there is no need to look at each word
        header = " ".join("***" if _is_private(word) else word for word in header.split(" "))
    agent = header[:_LONGEST_AGENT].replace(" ", "_")
    return agent if agent.isprintable() else "".join(c if c.isprintable() else "_" for c in agent)


def _is_private(text: str) -> bool:
    """Whether something in it looks like a mail address or a token."""
    return "@" in text or _LIKE_A_TOKEN.search(text) is not None
