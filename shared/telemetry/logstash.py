"""The log as JSON lines over TCP, to a listener that may come and go."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

import logstash_async  # type: ignore[import-untyped] # it has no types
from logstash_async.constants import constants  # type: ignore[import-untyped] # as above
from logstash_async.handler import (  # type: ignore[import-untyped] # as above
    AsynchronousLogstashHandler,
)
from logstash_async.transport import TcpTransport  # type: ignore[import-untyped] # as above
from typing_extensions import override

from shared.telemetry.sparing import Sparing

_KEEP_SECONDS = 300
"""How long lines wait in memory for a listener that is away; older ones are dropped."""

KEEP_LINES = 10_000
"""How many of them, some 5 MB; beyond it the oldest are dropped."""

_BATCH = 500
"""Lines a connection: catching up goes through all that wait, once a batch."""

_FLUSH_SECONDS = 1.0


def logstash_handler(url: str, formatter: logging.Formatter) -> logging.Handler:
    """A handler whose own thread connects, sends, and tries again.

    Args:
        url: "tcp://HOST:PORT".
        formatter: one JSON object a line.

    """
    constants.QUEUE_CHECK_INTERVAL = _FLUSH_SECONDS
    constants.QUEUED_EVENTS_FLUSH_INTERVAL = _FLUSH_SECONDS
    constants.QUEUED_EVENTS_BATCH_SIZE = _BATCH
    # By default a refused connection is waited for, half a minute, before the next is tried.
    constants.SOCKET_CLOSE_WAIT_TIMEOUT = _FLUSH_SECONDS
    logstash_async.EVENT_CACHE = _Latest()
    # That lines were dropped from it, it would say of each.
    logging.getLogger("logstash_async").setLevel(logging.ERROR)
    logging.getLogger("LogProcessingWorker").addFilter(Sparing())
    address = urlsplit(url)
    handler: logging.Handler = AsynchronousLogstashHandler(
        address.hostname,
        address.port,
        database_path=None,
        transport=_Transport,
        event_ttl=_KEEP_SECONDS,
    )
    handler.setFormatter(formatter)
    return handler


class _Latest(dict[Any, Any]):
    """What waits to be sent; the library keeps it in whatever is a dictionary."""

    @override
    def __setitem__(self, key: Any, value: Any) -> None:
        if len(self) >= KEEP_LINES:
            del self[next(iter(self))]
        super().__setitem__(key, value)


class _Transport(TcpTransport):  # type: ignore[misc] # it has no types
    """Without a line on standard output for each socket that cannot be shut down."""

    @override
    def _log_close_socket_error(self, message: str) -> None:
        """The failure to connect has been logged."""
