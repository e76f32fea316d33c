"""The log as JSON lines over TCP, to a listener that may come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import logging

_KEEP_SECONDS = 300
"""How long lines wait in memory for a listener that is away; older ones are dropped."""

_FLUSH_SECONDS = 1.0


def logstash_handler(url: str, formatter: logging.Formatter) -> logging.Handler:
    """A handler whose own thread connects, sends, and tries again.

    Args:
        url: "tcp://HOST:PORT".
        formatter: one JSON object a line.

    """
    # Heavy, and needed only where it is switched on.
    from logstash_async.constants import (  # type: ignore[import-untyped] # it has no types  # noqa: PLC0415
        constants,
    )
    from logstash_async.handler import (  # type: ignore[import-untyped] # as above  # noqa: PLC0415
        AsynchronousLogstashHandler,
    )

    constants.QUEUE_CHECK_INTERVAL = _FLUSH_SECONDS
    constants.QUEUED_EVENTS_FLUSH_INTERVAL = _FLUSH_SECONDS
    # By default a refused connection is waited for, half a minute, before the next is tried.
    constants.SOCKET_CLOSE_WAIT_TIMEOUT = _FLUSH_SECONDS
    constants.ERROR_LOG_RATE_LIMIT = "1 per minute"
    address = urlsplit(url)
    handler: logging.Handler = AsynchronousLogstashHandler(
        address.hostname, address.port, database_path=None, event_ttl=_KEEP_SECONDS
    )
    handler.setFormatter(formatter)
    return handler
