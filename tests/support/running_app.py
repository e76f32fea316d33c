"""A function app folder, served by a host in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tests.support.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HostKind = Literal["local", "worker"]

REPOSITORY = Path(__file__).resolve().parents[2]
HOST_KINDS: tuple[HostKind, ...] = (
    ("local", "worker") if sys.version_info >= (3, 13) else ("local",)
)
"""The hosts that can run here: Microsoft's worker library exists from Python 3.13 on."""

PATIENT = "20"
"""GENERATION_DEADLINE_SECONDS, where the model must have been asked: on a busy machine, importing
the SDK takes seconds of a new worker's first request."""

_MODULES: dict[HostKind, str] = {
    "local": "tools.local_host",
    "worker": "tests.support.worker_host",
}
_START_SECONDS = 30
_STOP_SECONDS = 10
_KEPT_VARIABLES = ("PATH", "HOME", "LANG", "TMPDIR")


class AppDidNotStartError(Exception):
    """The host's process ended, or did not listen in time; the message has its output."""


@dataclass(frozen=True, slots=True)
class RunningApp:
    """A host that accepts connections.

    Attributes:
        base_url: "http://127.0.0.1:PORT", without a slash at its end.
        folder: the app's folder.
        process: the host's process.

    """

    base_url: str
    folder: Path
    process: subprocess.Popen[bytes]
    _output: Path

    def logs(self) -> str:
        """What the process has written to stdout and stderr so far."""
        return self._output.read_text(encoding="utf-8", errors="replace")


@contextmanager
def running_app(
    folder: Path,
    kind: HostKind,
    env: Mapping[str, str] | None = None,
    options: Sequence[str] = (),
) -> Iterator[RunningApp]:
    """Serve the folder on a free loopback port for as long as the block runs.

    Args:
        folder: the app's folder, with its function_app.py.
        kind: which host.
        env: the app's whole environment, but for PATH and the like.
        options: further command line options of the host.

    Raises:
        AppDidNotStartError: the process died or did not listen within 30 seconds.

    """
    port = free_port()
    with tempfile.TemporaryDirectory() as scratch:
        output = Path(scratch) / "output.log"
        with output.open("wb") as sink:
            process = subprocess.Popen(
                [sys.executable, "-m", _MODULES[kind], str(folder), "--port", str(port), *options],
                cwd=REPOSITORY,
                env=_environment(env or {}),
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
            )
        app = RunningApp(f"http://127.0.0.1:{port}", folder, process, output)
        try:
            _wait_until_listening(app, port)
            yield app
        finally:
            _stop(process)


def _environment(env: Mapping[str, str]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return {**kept, "PYTHONUNBUFFERED": "1", **env}


def _wait_until_listening(app: RunningApp, port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while app.process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AppDidNotStartError(f"exit status {app.process.poll()}\n{app.logs()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
