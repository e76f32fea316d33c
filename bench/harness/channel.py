"""Frames between a worker and its load: stands in for the host's gRPC stream.

A frame is its length in four bytes and a tuple in `marshal`, the cheapest encoding that Python
has: both ends are this very interpreter, on one machine.
"""

from __future__ import annotations

import asyncio
import marshal
from typing import TYPE_CHECKING, Any

from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable

_LENGTH_BYTES = 4
Frame = tuple[Any, ...]


class Channel(asyncio.Protocol):
    """One end; every frame that comes in goes to `receive`, and `closed` is told of the end."""

    def __init__(
        self, receive: Callable[[Frame], None], closed: Callable[[], None] | None = None
    ) -> None:
        self._receive = receive
        self._closed = closed
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None

    def send(self, *frame: Any) -> None:
        """Send one frame of numbers, strings, bytes, lists, tuples and dicts."""
        assert self._transport is not None
        data = marshal.dumps(frame)
        self._transport.write(len(data).to_bytes(_LENGTH_BYTES, "little") + data)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        if self._closed is not None:
            self._closed()

    @override
    def data_received(self, data: bytes) -> None:
        buffer = self._buffer
        buffer += data
        start = 0
        while len(buffer) - start >= _LENGTH_BYTES:
            begin = start + _LENGTH_BYTES
            end = begin + int.from_bytes(buffer[start:begin], "little")
            if len(buffer) < end:
                break
            self._receive(marshal.loads(buffer[begin:end]))  # noqa: S302 - our own process
            start = end
        del buffer[:start]
