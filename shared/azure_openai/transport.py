"""Connections to one backend, reused last in, first out.

httpx2's own pool looks at every connection it has, twice a request: with 200 requests in flight
that is two fifths of all CPU time. Here each connection is a transport of its own, and the one
that was used last is taken next; how many there are is bounded by the deployment's gate.

Imports httpx2: to be imported at first use.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, NamedTuple

import httpx2
from typing_extensions import override

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Callable

KEEP_SECONDS = 60.0
"""An idle connection is closed after so long; load balancers drop theirs after some minutes."""

LONGEST_ANSWER = 4 * 1024 * 1024
"""Bytes of an answer that are read; a mock test's have a thousandth of that."""

_ONE = httpx2.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=KEEP_SECONDS)


class _Idle(NamedTuple):
    transport: httpx2.AsyncHTTPTransport
    since: float


class ReusingTransport(httpx2.AsyncBaseTransport):
    """Takes the connection used last, or opens one; closes those that idle too long."""

    def __init__(self, verify: ssl.SSLContext, clock: Callable[[], float] = time.monotonic) -> None:
        self._verify = verify
        self._clock = clock
        self._idle: deque[_Idle] = deque()

    @override
    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        transport = self._idle.pop().transport if self._idle else self._new()
        try:
            response = await transport.handle_async_request(request)
        except BaseException:
            await transport.aclose()
            raise
        stream = response.stream
        if not isinstance(stream, httpx2.AsyncByteStream):
            raise TypeError("an asynchronous transport answers with an asynchronous stream")
        response.stream = _ReturningStream(stream, self, transport)
        return response

    @override
    async def aclose(self) -> None:
        while self._idle:
            await self._idle.pop().transport.aclose()

    async def give_back(self, transport: httpx2.AsyncHTTPTransport) -> None:
        """Keep a transport whose request has ended for the next one."""
        now = self._clock()
        self._idle.append(_Idle(transport, now))
        while self._idle[0].since < now - KEEP_SECONDS:
            await self._idle.popleft().transport.aclose()

    def _new(self) -> httpx2.AsyncHTTPTransport:
        return httpx2.AsyncHTTPTransport(verify=self._verify, limits=_ONE)


class _ReturningStream(httpx2.AsyncByteStream):
    """A response's body that gives its connection back when it is closed."""

    def __init__(
        self,
        stream: httpx2.AsyncByteStream,
        owner: ReusingTransport,
        transport: httpx2.AsyncHTTPTransport,
    ) -> None:
        self._stream = stream
        self._owner = owner
        self._transport: httpx2.AsyncHTTPTransport | None = transport

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        length = 0
        stream = aiter(self._stream)
        try:
            async for chunk in stream:
                length += len(chunk)
                if length > LONGEST_ANSWER:
                    raise httpx2.RemoteProtocolError("the answer does not end")
                yield chunk
        finally:
            if isinstance(stream, AsyncGenerator):  # else it would end whenever it is collected
                await stream.aclose()

    @override
    async def aclose(self) -> None:
        transport, self._transport = self._transport, None
        if transport is not None:
            await self._stream.aclose()
            await self._owner.give_back(transport)
