"""Connections to one backend, reused last in, first out.

httpx2's own pool looks at every connection it has, several times a request: with 200 requests in
flight that is two fifths of all CPU time, and with one still a twentieth. Here each connection is a
transport of its own, and the one that was used last is taken next; how many there are is bounded by
the deployment's gate.

Imports httpx2: to be imported at first use.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, NamedTuple

import httpcore2
import httpx2
from typing_extensions import override

from shared.azure_openai.network import AsyncioBackend

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Callable

KEEP_SECONDS = 60.0
"""An idle connection is closed after so long; load balancers drop theirs after some minutes."""

LONGEST_ANSWER = 4 * 1024 * 1024
"""Bytes of an answer that are read; a mock test's have a thousandth of that."""


_BACKEND = AsyncioBackend()


class _Connection(httpx2.AsyncHTTPTransport):
    """httpx2's transport, over one connection in the place of its pool.

    A transport of that class, because such are what OpenTelemetry traces.
    """

    def __init__(self, to: httpx2.URL, verify: ssl.SSLContext) -> None:
        self._connection = httpcore2.AsyncHTTPConnection(
            _origin(to), ssl_context=verify, network_backend=_BACKEND
        )
        self._pool = self._connection  # type: ignore[assignment] # has what is used of a pool

    def leads_to(self, url: httpx2.URL) -> bool:
        """Whether a request can go there; not where the other end has closed it meanwhile."""
        return (
            self._connection.can_handle_request(_origin(url)) and not self._connection.has_expired()
        )

    def is_idle(self) -> bool:
        """Whether it is open, and its request has ended."""
        return self._connection.is_idle()


def _origin(url: httpx2.URL) -> httpcore2.Origin:
    return httpcore2.URL(
        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=b"/"
    ).origin


class _Idle(NamedTuple):
    transport: _Connection
    since: float


class ReusingTransport(httpx2.AsyncBaseTransport):
    """Takes the connection used last, or opens one; closes those that idle too long."""

    def __init__(self, verify: ssl.SSLContext, clock: Callable[[], float] = time.monotonic) -> None:
        self._verify = verify
        self._clock = clock
        self._idle: deque[_Idle] = deque()

    @override
    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        transport = await self._leading_to(request.url)
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

    async def give_back(self, transport: _Connection) -> None:
        """Keep a connection whose request has ended for the next one."""
        now = self._clock()
        if transport.is_idle():
            self._idle.append(_Idle(transport, now))
        else:  # the other end wants it closed, or the answer was not read to its end
            await transport.aclose()
        while self._idle and self._idle[0].since < now - KEEP_SECONDS:
            await self._idle.popleft().transport.aclose()

    async def _leading_to(self, url: httpx2.URL) -> _Connection:
        while self._idle:
            transport = self._idle.pop().transport
            if transport.leads_to(url):
                return transport
            await transport.aclose()
        return _Connection(url, self._verify)


class _ReturningStream(httpx2.AsyncByteStream):
    """A response's body that gives its connection back when it is closed."""

    def __init__(
        self,
        stream: httpx2.AsyncByteStream,
        owner: ReusingTransport,
        transport: _Connection,
    ) -> None:
        self._stream = stream
        self._owner = owner
        self._transport: _Connection | None = transport

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
