"""Serve an ASGI app with hypercorn on one port, until SIGINT or SIGTERM."""

from __future__ import annotations

import asyncio
import logging
import signal
from typing import TYPE_CHECKING

from hypercorn.asyncio import serve
from hypercorn.config import Config

if TYPE_CHECKING:
    from quart import Quart

KEEP_ALIVE_SECONDS = 130
"""How long an idle connection stays open; the default of Kestrel, the Functions host's server."""


async def serve_until_stopped(front: Quart, host: str, port: int) -> None:
    """Serve; on SIGINT or SIGTERM finish the requests at hand, then return.

    Raises:
        OSError: the address cannot be listened on.

    """
    config = Config()
    config.bind = [f"{host}:{port}"]
    config.accesslog = None
    config.errorlog = logging.getLogger("tools.local_host.server")
    config.include_server_header = False
    config.keep_alive_timeout = KEEP_ALIVE_SECONDS
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    await serve(front, config, shutdown_trigger=stop.wait)
