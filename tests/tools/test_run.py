"""`make run` serves the app with a curl line that works, and ends with all that it started."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from tests.support.ports import free_port
from tests.support.running_app import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECONDS = 60
"""For a process on a busy machine to start or to end."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh clone, so that no `.env` or key of a developer takes part."""
    folder = tmp_path_factory.mktemp("clone")
    for name in ("function_app.py", "host.json", "local.settings.json.example"):
        shutil.copyfile(REPOSITORY / name, folder / name)
    for name in ("shared", "tools"):
        shutil.copytree(REPOSITORY / name, folder / name)
    return folder


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def running(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "tools.run", "--port", str(port)],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def becomes(*, listening: bool, port: int) -> bool:
    deadline = time.monotonic() + SECONDS
    while listens(port) is not listening and time.monotonic() < deadline:
        time.sleep(0.05)
    return listens(port) is listening


def test_the_curl_line_works_as_soon_as_it_is_printed(running: subprocess.Popen[str]) -> None:
    assert running.stdout is not None
    line = next(line for line in running.stdout if line.startswith("curl "))

    answer = subprocess.run(shlex.split(line), capture_output=True, text=True, check=True)

    assert '"status":"success"' in answer.stdout


def test_when_it_is_told_to_end_nothing_stays_behind(
    running: subprocess.Popen[str], port: int
) -> None:
    assert becomes(listening=True, port=port)

    running.terminate()

    assert running.wait(SECONDS) == 0
    assert becomes(listening=False, port=port)


def test_core_tools_find_the_python_that_has_the_packages(
    folder: Path, port: int, tmp_path: Path
) -> None:
    func = tmp_path / "func"
    func.write_text('#!/bin/sh\necho "$@"\npython -c "import sys; print(sys.prefix)"\n')
    func.chmod(0o755)

    ended = subprocess.run(
        [sys.executable, "-m", "tools.run", "--port", str(port)],
        cwd=folder,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert ended.stdout.splitlines()[-2:] == [f"start --port {port}", sys.prefix]
