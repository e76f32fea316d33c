"""Connections are reused, last in, first out, and not kept for ever."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx2
import pytest

from shared.azure_openai import transport as t

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class CountingServer:
    """Answers 200 on a loopback port and counts the connections made and open."""

    def __init__(self) -> None:
        self.made = 0
        self.open = 0
        self.url = ""
        self.closes = False
        self._writers: list[asyncio.StreamWriter] = []
        self._changed = asyncio.Event()

    async def until_open(self, connections: int) -> None:
        """Wait until so many are open."""
        async with asyncio.timeout(5):
            while self.open != connections:
                self._changed.clear()
                await self._changed.wait()

    def hang_up(self) -> None:
        """Close every connection."""
        for writer in self._writers:
            writer.close()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.made += 1
        self.open += 1
        self._writers.append(writer)
        self._changed.set()
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(0.01)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n")
                writer.write(b"Connection: close\r\n\r\nok" if self.closes else b"\r\nok")
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self.open -= 1
            self._changed.set()
            writer.close()


@pytest.fixture
async def server() -> AsyncIterator[CountingServer]:
    counting = CountingServer()
    listening = await asyncio.start_server(counting.serve, "127.0.0.1", 0)
    counting.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/"
    async with listening:
        yield counting


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    transport = t.ReusingTransport(httpx2.create_ssl_context())
    async with httpx2.AsyncClient(transport=transport) as client:
        yield client


async def test_one_after_the_other_shares_one_connection(
    server: CountingServer, client: httpx2.AsyncClient
) -> None:
    for _ in range(5):
        assert (await client.get(server.url)).text == "ok"
    assert server.made == 1


async def test_at_the_same_time_each_has_its_own_and_all_are_reused(
    server: CountingServer, client: httpx2.AsyncClient
) -> None:
    for _ in range(2):
        await asyncio.gather(*(client.get(server.url) for _ in range(6)))
    assert server.made == 6


async def test_a_cancelled_request_closes_its_connection(
    server: CountingServer, client: httpx2.AsyncClient
) -> None:
    request = asyncio.create_task(client.get(server.url))
    await server.until_open(1)
    request.cancel()
    await asyncio.gather(request, return_exceptions=True)
    await server.until_open(0)
    assert (await client.get(server.url)).text == "ok"


async def test_a_connection_that_the_server_has_closed_meanwhile_is_not_used_again(
    server: CountingServer, client: httpx2.AsyncClient
) -> None:
    await client.get(server.url)
    server.hang_up()
    await server.until_open(0)
    assert (await client.get(server.url)).text == "ok"
    assert server.made == 2


async def test_a_connection_is_not_kept_where_the_server_wants_it_closed(
    server: CountingServer, client: httpx2.AsyncClient
) -> None:
    server.closes = True
    for _ in range(2):
        assert (await client.get(server.url)).text == "ok"
    await server.until_open(0)
    assert server.made == 2


async def test_a_connection_serves_one_origin_only(
    server: CountingServer, client: httpx2.AsyncClient
) -> None:
    await client.get(server.url)
    assert (await client.get(server.url.replace("127.0.0.1", "localhost"))).text == "ok"
    assert server.made == 2


async def test_connections_that_nobody_needs_any_more_are_closed(server: CountingServer) -> None:
    now = 0.0
    transport = t.ReusingTransport(httpx2.create_ssl_context(), clock=lambda: now)
    async with httpx2.AsyncClient(transport=transport) as client:
        await asyncio.gather(*(client.get(server.url) for _ in range(4)))
        now = t.KEEP_SECONDS + 1
        await client.get(server.url)
        await server.until_open(1)


async def test_closing_the_client_closes_every_connection(server: CountingServer) -> None:
    transport = t.ReusingTransport(httpx2.create_ssl_context())
    async with httpx2.AsyncClient(transport=transport) as client:
        await asyncio.gather(*(client.get(server.url) for _ in range(4)))
    await server.until_open(0)
