"""HTTP/1.1 with keep-alive on a bare asyncio protocol: quick, and able to break the rules.

Written by hand because a well-behaved server can not reset, trickle or lie about a length, and
because it must cost much less than the service whose overhead is measured against it.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple, Protocol

from typing_extensions import override

from .reply import Fault, Reply

if TYPE_CHECKING:
    from collections.abc import Mapping

PIECES = 8
_NOISE = b"\x16\x03\x01\x02\x00 this is not HTTP \xff\xfe\r\n\r\n"
_REASONS = {status.value: status.phrase for status in HTTPStatus}
_TIME_TO_ARRIVE = 0.02
"""Seconds that written bytes need to be read, else a reset overtakes them."""
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request as bytes on the wire: header names in lower case, the body whole."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


class Application(Protocol):
    """Who answers: the wire tells it of every request's beginning and end."""

    def answer(self, exchange: Exchange) -> Reply:
        """Decide on the reply; nothing is sent yet."""
        ...

    def finished(self, reply: Reply) -> None:
        """Take note: the reply, or its fault, is out."""
        ...

    def abandoned(self, reply: Reply) -> None:
        """Take note: the client went away before its reply was out."""
        ...

    def connected(self, connection: Connection) -> None:
        """Take note: a connection is open."""
        ...

    def disconnected(self, connection: Connection) -> None:
        """Take note: it is closed."""
        ...

    def refuse(self, seconds: float) -> None:
        """Stop listening for so long, and drop every connection."""
        ...


class Connection(asyncio.Protocol):
    """One client connection; requests on it are answered one after the other."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self._answering: asyncio.Task[None] | None = None
        self._reply: Reply | None = None

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._application.connected(self)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._application.disconnected(self)
        if self._answering is not None:
            self._answering.cancel()
        if self._reply is not None:
            reply, self._reply = self._reply, None
            self._application.abandoned(reply)

    @override
    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._go_on()

    def reset(self) -> None:
        """Close with a TCP reset; an answer in progress is broken off."""
        if self._answering is not None:
            self._answering.cancel()
        if self._reply is not None:
            self._reply = replace(self._reply, fault=Fault.RESET)
            self._done()
        if self._transport is not None:
            sock = self._transport.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            self._transport.abort()

    def _go_on(self) -> None:
        while self._reply is None and self._transport is not None:
            try:
                taken = _take(self._buffer)
            except ValueError:
                self._transport.write(_head(Reply(400)))
                self._transport.close()
                return
            if taken is None:
                return
            exchange, self._buffer = taken
            reply = self._reply = self._application.answer(exchange)
            if reply.immediate:
                self._done()
                self._transport.write(_head(reply) + reply.body)
            else:
                self._answering = asyncio.get_running_loop().create_task(self._slowly(reply))

    def _done(self) -> None:
        """Settle the account: before the last byte, so that whoever reads it finds it settled."""
        reply, self._reply, self._answering = self._reply, None, None
        if reply is not None:
            self._application.finished(reply)

    async def _slowly(self, reply: Reply) -> None:
        await asyncio.sleep(reply.latency)
        if reply.fault is Fault.HANG:
            await asyncio.get_running_loop().create_future()
        *pieces, last = _pieces(reply)
        for piece in pieces:
            await asyncio.sleep(piece.pause)
            self._write(piece.data)
        await asyncio.sleep(last.pause)
        self._done()
        self._write(last.data)
        if reply.fault is Fault.RESET_MIDWAY:
            await asyncio.sleep(_TIME_TO_ARRIVE)
        self._end(reply)

    def _write(self, data: bytes) -> None:
        if data and self._transport is not None:
            self._transport.write(data)

    def _end(self, reply: Reply) -> None:
        if reply.fault is Fault.REFUSE:
            self._application.refuse(reply.refuse_seconds)
        elif reply.fault in (Fault.RESET, Fault.RESET_MIDWAY):
            self.reset()
        elif reply.fault in (Fault.CUT_SHORT, Fault.NOISE) and self._transport is not None:
            self._transport.close()
        else:
            self._go_on()


def _take(buffer: bytes) -> tuple[Exchange, bytes] | None:
    """Split the first whole request off the buffer; None while it is not all there.

    Raises:
        ValueError: it is no HTTP/1.1, or its body has no Content-Length.

    """
    head, found, rest = buffer.partition(b"\r\n\r\n")
    if not found:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    if "transfer-encoding" in headers:
        raise ValueError("a chunked body")
    length = int(headers.get("content-length", 0))
    if len(rest) < length:
        return None
    return Exchange(method, target, headers, rest[:length]), rest[length:]


def _head(reply: Reply) -> bytes:
    lines = [
        f"HTTP/1.1 {reply.status} {_REASONS.get(reply.status, 'Unknown')}",
        f"content-type: {reply.content_type}",
        f"content-length: {len(reply.body)}",
        *(f"{name}: {value}" for name, value in reply.headers.items()),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


class _Piece(NamedTuple):
    """Bytes, and the seconds to wait before sending them."""

    data: bytes
    pause: float = 0.0


def _pieces(reply: Reply) -> list[_Piece]:
    """Cut up what goes out; never an empty list."""
    if reply.fault in (Fault.RESET, Fault.REFUSE):
        return [_Piece(b"")]
    if reply.fault is Fault.NOISE:
        return [_Piece(_NOISE)]
    whole = reply.fault is Fault.NONE
    body = reply.body if whole else reply.body[: len(reply.body) // 2]
    return [*_cut(_head(reply), reply.header_seconds), *_cut(body, reply.body_seconds)]


def _cut(data: bytes, seconds: float) -> list[_Piece]:
    if not seconds:
        return [_Piece(data)]
    size = max(1, -(-len(data) // PIECES))
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    return [_Piece(piece, seconds / len(pieces)) for piece in pieces]
