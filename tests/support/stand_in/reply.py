"""What the stand-in sends back, and how it misbehaves on the wire while doing so."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


class Fault(Enum):
    """What happens below HTTP."""

    NONE = auto()
    HANG = auto()
    """Not one byte, ever."""
    RESET = auto()
    """A TCP reset instead of an answer."""
    RESET_MIDWAY = auto()
    """Headers and half the body, then a TCP reset."""
    CUT_SHORT = auto()
    """Content-Length promises the whole body, half of it comes, the connection closes."""
    NOISE = auto()
    """Bytes that are no HTTP, then the connection closes."""
    REFUSE = auto()
    """The listener goes away, and every open connection with it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer.

    Attributes:
        latency: seconds before the first byte.
        header_seconds: seconds over which the headers trickle.
        body_seconds: seconds over which the body trickles.
        refuse_seconds: with Fault.REFUSE, how long nobody listens.
        counted: False for what is no part of the service, as the control address.

    """

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    latency: float = 0.0
    header_seconds: float = 0.0
    body_seconds: float = 0.0
    fault: Fault = Fault.NONE
    refuse_seconds: float = 0.0
    counted: bool = True

    @property
    def immediate(self) -> bool:
        """Whether it can be written whole, at once."""
        return self.fault is Fault.NONE and not (
            self.latency or self.header_seconds or self.body_seconds
        )


def json_reply(status: int, body: Any, headers: Mapping[str, str] | None = None) -> Reply:
    """Answer with JSON."""
    return Reply(status, json.dumps(body).encode(), headers=headers or {})
