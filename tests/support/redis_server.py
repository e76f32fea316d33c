"""A server that speaks Redis, in a process of its own that can be killed and started again."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from redis import Redis

from tests.support.ports import free_port
from tests.support.running_app import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator

_START_SECONDS = 15


class RedisServer:
    """Forgets everything when it is killed, as Redis without persistence does.

    Attributes:
        url: "redis://127.0.0.1:PORT", the same after a restart.

    """

    def __init__(self) -> None:
        self._port = free_port()
        self.url = f"redis://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Return when it accepts connections."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.redis_server", str(self._port)],
            cwd=REPOSITORY,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + _START_SECONDS
        while self._process.poll() is None and time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self._port), timeout=1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        raise AssertionError("the Redis server did not start")

    def reset(self) -> None:
        """As if newly started, whatever was done to it before."""
        if self._process is None:
            self.start()
        else:
            self._signal(signal.SIGCONT)
        with Redis(port=self._port) as client:
            client.flushall()

    def kill(self) -> None:
        """End it at once; what connects from now on is refused."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """Keep connections open and answer nothing."""
        self._signal(signal.SIGSTOP)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        os.kill(self._process.pid, number)


def running_redis() -> Iterator[RedisServer]:
    """For a fixture: a server that runs until the test is over."""
    server = RedisServer()
    server.start()
    try:
        yield server
    finally:
        server.kill()


def _serve(port: int) -> None:
    from fakeredis import TcpFakeServer  # noqa: PLC0415 - for the server's own process only

    TcpFakeServer(("127.0.0.1", port), server_type="redis").serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    _serve(parser.parse_args().port)
