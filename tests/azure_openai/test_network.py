"""What httpcore2 asks of a network: TCP and TLS, to the last byte, and no longer than it says."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from typing import TYPE_CHECKING

import httpcore2
import pytest

from shared.azure_openai.network import AsyncioBackend
from tests.support.certificate import make_certificate
from tests.support.ports import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from pathlib import Path

    Conversation = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

LOCAL = "127.0.0.1"
MUCH = bytes(range(256)) * 16_384
"""4 MiB: more than any buffer on the way holds."""


@asynccontextmanager
async def served(
    conversation: Conversation, tls: ssl.SSLContext | None = None
) -> AsyncIterator[httpcore2.AsyncNetworkStream]:
    """A stream to a server that holds this conversation, and has ended it when this ends."""
    over = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            await conversation(reader, writer)
        writer.close()
        over.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    async with server:
        port = server.sockets[0].getsockname()[1]
        stream = await AsyncioBackend().connect_tcp("127.0.0.1", port, timeout=5)
        yield stream
        await stream.aclose()
        await over.wait()


@contextmanager
def silent_address(port: int) -> Iterator[str]:
    """An address at whose port nobody answers, because its queue of connections is full."""
    address = "127.0.0.2"
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind((address, port))
        listener.listen(0)
        for _ in range(6):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            with suppress(BlockingIOError):
                waiting.connect((address, port))
        yield address


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while received := await reader.read(65_536):
        writer.write(received)
        await writer.drain()


async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def say_nothing(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()


async def read_to_length(stream: httpcore2.AsyncNetworkStream, length: int) -> bytes:
    received = bytearray()
    while len(received) < length:
        received += await stream.read(65_536, timeout=5)
    return bytes(received)


async def until_readable(stream: httpcore2.AsyncNetworkStream) -> None:
    for _ in range(500):
        if stream.get_extra_info("is_readable"):
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


async def test_what_is_written_comes_back_to_the_last_byte() -> None:
    async with served(echo) as stream:
        writing = asyncio.create_task(stream.write(MUCH, timeout=5))
        assert await read_to_length(stream, len(MUCH)) == MUCH
        await writing


async def test_so_it_does_over_tls(tmp_path: Path) -> None:
    pem = tmp_path / "server.pem"
    async with served(echo, make_certificate(pem)) as stream:
        trust = ssl.create_default_context(cafile=pem)
        stream = await stream.start_tls(trust, "localhost", timeout=5)  # noqa: PLW2901
        writing = asyncio.create_task(stream.write(MUCH, timeout=5))
        assert await read_to_length(stream, len(MUCH)) == MUCH
        await writing
        assert stream.get_extra_info("ssl_object").version() == "TLSv1.3"


async def test_a_write_takes_no_turn_of_other_tasks() -> None:
    async with served(echo) as stream:
        others: list[str] = []
        asyncio.get_running_loop().call_soon(others.append, "had a turn")
        await stream.write(b"a request", timeout=5)
        assert others == []


async def test_it_is_told_where_a_connection_leads() -> None:
    async with served(echo) as stream:
        assert stream.get_extra_info("server_addr")[0] == "127.0.0.1"
        assert stream.get_extra_info("client_addr") != stream.get_extra_info("server_addr")
        assert stream.get_extra_info("ssl_object") is None
        assert stream.get_extra_info("what nobody knows") is None


async def test_an_idle_connection_has_nothing_to_read() -> None:
    async with served(echo) as stream:
        await stream.write(b"a request")
        assert await stream.read(100) == b"a request"
        assert not stream.get_extra_info("is_readable")


async def test_one_that_was_ended_by_the_other_side_is_readable() -> None:
    async with served(hang_up) as stream:
        await until_readable(stream)
        assert await stream.read(100) == b""


async def test_so_is_one_on_which_unasked_bytes_came() -> None:
    async def speak_unasked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 408 Request Timeout\r\n\r\n")
        await say_nothing(reader, writer)

    async with served(speak_unasked) as stream:
        await until_readable(stream)


async def test_one_that_is_closed_is_readable_too() -> None:
    async with served(echo) as stream:
        await stream.aclose()
        assert stream.get_extra_info("is_readable")


async def test_a_silent_server_is_waited_for_no_longer_than_asked() -> None:
    async with served(say_nothing) as stream:
        with pytest.raises(httpcore2.ReadTimeout):
            await stream.read(100, timeout=0.05)


async def test_nor_is_one_that_does_not_read() -> None:
    over = asyncio.Event()

    async def read_nothing(_: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await over.wait()

    async with served(read_nothing) as stream:
        with pytest.raises(httpcore2.WriteTimeout):
            await stream.write(4 * MUCH, timeout=0.05)
        over.set()


async def test_a_reset_connection_is_an_error_of_reading() -> None:
    async def reset(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        at_once = struct.pack("ii", 1, 0)
        connection = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
        writer.transport.abort()

    async with served(reset) as stream:
        with pytest.raises(httpcore2.ReadError):
            await stream.read(100, timeout=5)


async def test_a_server_without_tls_is_an_error_of_connecting() -> None:
    async with served(echo) as stream:
        with pytest.raises(httpcore2.ConnectError):
            await stream.start_tls(ssl.create_default_context(), "localhost", timeout=5)
        assert stream.get_extra_info("is_readable")


async def test_a_handshake_is_waited_for_no_longer_than_asked() -> None:
    async with served(say_nothing) as stream:
        with pytest.raises(httpcore2.ConnectTimeout):
            await stream.start_tls(ssl.create_default_context(), "localhost", timeout=0.05)


async def test_an_address_that_keeps_silent_leaves_time_for_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = await asyncio.start_server(hang_up, LOCAL, 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        with silent_address(port) as silent:
            addresses = [
                (socket.AF_INET, socket.SOCK_STREAM, 6, "", (at, port)) for at in (silent, LOCAL)
            ]
            monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: addresses)
            stream = await AsyncioBackend().connect_tcp("two-addresses.test", port, timeout=0.4)
            assert stream.get_extra_info("server_addr") == (LOCAL, port)
            assert await stream.read(1) == b""
            await stream.aclose()


async def test_where_nobody_listens_is_an_error_of_connecting() -> None:
    with pytest.raises(httpcore2.ConnectError):
        await AsyncioBackend().connect_tcp("127.0.0.1", free_port(), timeout=5)
