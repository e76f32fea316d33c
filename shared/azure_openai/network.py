"""TCP and TLS for httpcore2 on asyncio's own streams.

httpcore2's way, through anyio, lets every other task have a turn before each write: of requests
that arrive together none is sent until all are prepared, so they are answered together as well, and
stay a crowd whose members wait for each other. Here a request is sent by the turn that prepared it.

Imports httpcore2: to be imported at first use.
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

import httpcore2
from typing_extensions import override

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable, Iterable

Result = TypeVar("Result")

_NAMES_OF_INFO = {
    "ssl_object": "ssl_object",
    "socket": "socket",
    "client_addr": "sockname",
    "server_addr": "peername",
}


class AsyncioBackend(httpcore2.AsyncNetworkBackend):
    """Opens TCP connections; `asyncio.open_connection`, with a reader that tells what is unread.

    A host's addresses are tried one after the other, each for its share of the time. Not beside
    each other ("happy eyeballs"): asyncio leaves a socket open where that is cancelled at the
    moment of success.
    """

    @override
    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        loop = asyncio.get_running_loop()
        reader = _Reader(loop=loop)
        protocol = asyncio.StreamReaderProtocol(reader, loop=loop)
        connecting = _connect(lambda: protocol, host, port, timeout)
        transport = await _within(
            timeout, connecting, httpcore2.ConnectTimeout, httpcore2.ConnectError
        )
        return _Stream(reader, asyncio.StreamWriter(transport, protocol, reader, loop))


class _Reader(asyncio.StreamReader):
    """Counts the bytes that have come in and were not read."""

    unread = 0

    @override
    def feed_data(self, data: bytes) -> None:  # type: ignore[override] # typeshed: of anything
        super().feed_data(data)
        self.unread += len(data)

    @override
    async def read(self, n: int = -1) -> bytes:
        data = await super().read(n)
        self.unread -= len(data)
        return data


class _Stream(httpcore2.AsyncNetworkStream):
    def __init__(self, reader: _Reader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @override
    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        reading = self._reader.read(max_bytes)
        return await _within(timeout, reading, httpcore2.ReadTimeout, httpcore2.ReadError)

    @override
    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if buffer:
            writing = self._write(buffer)
            await _within(timeout, writing, httpcore2.WriteTimeout, httpcore2.WriteError)

    async def _write(self, buffer: bytes) -> None:
        self._writer.write(buffer)
        await self._writer.drain()

    @override
    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        securing = self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        try:
            await _within(timeout, securing, httpcore2.ConnectTimeout, httpcore2.ConnectError)
        except BaseException:
            await self.aclose()
            raise
        return self

    @override
    async def aclose(self) -> None:
        # All has been sent, or nobody wants it any more; a farewell by TLS would be waited for.
        self._writer.transport.abort()

    @override
    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":  # asked of an idle connection: whether it is of no use any more
            return self._reader.unread > 0 or self._reader.at_eof() or self._writer.is_closing()
        return self._writer.get_extra_info(_NAMES_OF_INFO.get(info, info))


async def _connect(
    protocol: Callable[[], asyncio.Protocol], host: str, port: int, seconds: float | None
) -> asyncio.Transport:
    """Connect to the first address that answers; each has its share of the time."""
    loop = asyncio.get_running_loop()
    addresses = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)

    async def connect_to(family: int, address: str) -> asyncio.Transport:
        async with asyncio.timeout(seconds and seconds / len(addresses)):
            transport, _ = await loop.create_connection(protocol, address, port, family=family)
            return transport

    *others, last = [(family, str(address[0])) for family, _, _, _, address in addresses]
    for family, address in others:
        with suppress(OSError):  # a timeout is one
            return await connect_to(family, address)
    return await connect_to(*last)


async def _within(
    seconds: float | None,
    work: Awaitable[Result],
    late: type[Exception],
    failed: type[Exception],
) -> Result:
    try:
        async with asyncio.timeout(seconds):
            return await work
    except TimeoutError as error:
        raise late(error) from error
    except OSError as error:  # TLS's as well
        raise failed(error) from error
