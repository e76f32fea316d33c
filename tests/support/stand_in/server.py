"""The listener: accepts connections, hands requests to the service, and can go away for a while."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from typing_extensions import override

from .control import PREFIX, control
from .reply import Fault, Reply
from .wire import Application, Connection, Exchange

if TYPE_CHECKING:
    from .service import Service


class Server(Application):
    """Serves one Service on a loopback port, from the event loop that it is opened on."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.port = 0
        self.connections_made = 0
        self._listener: asyncio.Server | None = None
        self._reopening: asyncio.Task[None] | None = None
        self._connections: set[Connection] = set()
        self._deserted = asyncio.Event()
        self._deserted.set()

    @property
    def listening(self) -> bool:
        """Whether connections are accepted."""
        return self._listener is not None

    async def open(self, port: int = 0) -> None:
        """Listen; port 0 takes a free one, which `port` then tells."""
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(
            lambda: Connection(self), "127.0.0.1", port, backlog=1024
        )
        self.port = self._listener.sockets[0].getsockname()[1]

    def shut(self) -> None:
        """Stop listening and reset every connection: from now on the port refuses."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        for connection in list(self._connections):
            connection.reset()

    async def close(self) -> None:
        """Shut for good."""
        if self._reopening is not None:
            self._reopening.cancel()
        self.shut()
        await self._deserted.wait()

    @override
    def answer(self, exchange: Exchange) -> Reply:
        if exchange.target.startswith(PREFIX):
            return control(self.service, exchange)
        return self.service.answer(exchange)

    @override
    def finished(self, reply: Reply) -> None:
        if reply.counted:
            self.service.settle(reply.status if reply.fault is Fault.NONE else 0)

    @override
    def abandoned(self, reply: Reply) -> None:
        if reply.counted:
            self.service.settle(None)

    @override
    def connected(self, connection: Connection) -> None:
        self.connections_made += 1
        self._connections.add(connection)
        self._deserted.clear()

    @override
    def disconnected(self, connection: Connection) -> None:
        self._connections.discard(connection)
        if not self._connections:
            self._deserted.set()

    @override
    def refuse(self, seconds: float) -> None:
        self.shut()
        self._reopening = asyncio.get_running_loop().create_task(self._reopen(seconds))

    async def _reopen(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self.open(self.port)
