"""The seam between the HTTP side and whatever calls the functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from azure.functions.meta import Datum

    from tools.local_host.routing import HttpFunction


class AppLoadError(Exception):
    """The function app could not be loaded; the message says why."""


class InvocationError(Exception):
    """The function raised, or returned what cannot be sent.

    Its cause is the function's own exception, or None where the engine has already logged it.
    """


@dataclass(frozen=True, slots=True)
class Invocation:
    """What the host tells a worker about one call, beside the request itself.

    Attributes:
        id: a fresh UUID.
        trace_parent: W3C traceparent header value.
        trace_state: W3C tracestate header value, or "".

    """

    id: str
    trace_parent: str
    trace_state: str


class Engine(Protocol):
    """Calls the HTTP functions of one loaded app.

    Requests and answers are the `Datum` of Microsoft's worker protocol: a request of type "http",
    an answer of type "http" or "string".
    """

    @property
    def functions(self) -> Sequence[HttpFunction]:
        """The app's HTTP functions, in no particular order."""
        ...

    async def invoke(self, function: HttpFunction, request: Datum, invocation: Invocation) -> Datum:
        """Call the function.

        Raises:
            InvocationError: it raised, or returned something that is no HTTP answer.

        """
        ...


if TYPE_CHECKING:
    LoadEngine = Callable[[Path], Awaitable[Engine]]
