"""Processes of a bench: workers on one core; the model's stand-in and the load on the other."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jwt

from bench.harness.apps import REPOSITORY, deploy
from bench.harness.channel import Channel, Frame
from tests.support.stand_in import DEPLOYMENT, KEY
from tools import local_issuer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping

    from bench.harness.apps import App
    from bench.harness.library import Ask

WORKER_CORE = 0
LOAD_CORE = 1
START_SECONDS = 60
_KEPT_VARIABLES = ("PATH", "HOME", "LANG", "TMPDIR")
_STAND_IN = (sys.executable, "-m", "tests.support.stand_in", "--no-recording")


@dataclass(frozen=True, slots=True)
class Round:
    """Requests that a worker called within its own process.

    Attributes:
        nanoseconds: what each took.
        cpu_seconds: of the process, all of them together.
        statuses: the HTTP statuses that occurred.
        from_model: how many of the answers are the model's.

    """

    nanoseconds: list[int]
    cpu_seconds: float
    statuses: list[int]
    from_model: int


class RunningWorker:
    """A worker process that has indexed its app."""

    def __init__(self, app: App, process: subprocess.Popen[bytes]) -> None:
        self.app = app
        self.process = process
        self.indexed = asyncio.get_running_loop().create_future()
        self.channel = Channel(self._receive, self._ended)
        self._numbers = itertools.count()
        self._waiting: dict[int, asyncio.Future[Frame]] = {}

    async def call(self, ask: Ask) -> tuple[int, bytes]:
        """Send one request through the channel; its status and body."""
        answer = await self._exchange(
            "call", ask.function, ask.path, ask.method, ask.body, dict(ask.headers)
        )
        return answer[2], answer[3]

    async def round(self, asks: list[Ask], at_once: int = 1) -> Round:
        """Have the worker call these itself, so that nothing else is measured."""
        frames = [(a.function, a.path, a.method, a.body, dict(a.headers)) for a in asks]
        return Round(*(await self._exchange("round", frames, at_once))[2:])

    async def stats(self) -> dict[str, Any]:
        """What the process holds: CPU seconds, memory, tasks, sockets, requests in flight."""
        stats: dict[str, Any] = (await self._exchange("stats"))[2]
        return stats

    def forget(self) -> None:
        """Give up on what has not been answered."""
        waiting, self._waiting = self._waiting, {}
        for future in waiting.values():
            future.cancel()

    async def _exchange(self, kind: str, *rest: Any) -> Frame:
        number = next(self._numbers)
        future: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        self.channel.send(kind, number, *rest)
        return await future

    def _ended(self) -> None:
        self.forget()
        if not self.indexed.done():
            self.indexed.set_exception(EOFError())

    def _receive(self, frame: Frame) -> None:
        if frame[0] == "indexed":
            self.indexed.set_result(None)
            return
        future = self._waiting.pop(frame[1], None)
        if future is not None and not future.done():
            future.set_result(frame)


class StandInProcess:
    """The model's stand-in in a process of its own, scripted over HTTP."""

    def __init__(self, url: str) -> None:
        self.url = url

    def order(self, **wanted: Any) -> dict[str, Any]:
        """Carry out an order (tests/support/stand_in/control.py) and return the counters."""
        request = urllib.request.Request(  # noqa: S310 - loopback
            f"{self.url}/control", json.dumps(wanted).encode(), method="POST"
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - loopback
            counters: dict[str, Any] = json.load(answer)
            return counters

    def stats(self) -> dict[str, Any]:
        """Take the counters."""
        return self.order()

    def answers(self) -> int:
        """Answers that the model has given."""
        return int(self.stats()["statuses"].get("200", 0))

    def fresh(self, latency: float = 0.0, behaviour: Any = "ok", **quota: int | None) -> None:
        """Forget everything, and behave like this from now on."""
        deployment = {"latency": latency, "rpm": None, "tpm": None, **quota}
        self.order(clear=True, behaviour=behaviour, deployments={DEPLOYMENT: deployment})


class Rig:
    """An issuer, a stand-in, and workers started on demand; all end with the `with` block."""

    def __init__(self, stack: AsyncExitStack, scratch: Path, stand_in: StandInProcess) -> None:
        self._stack = stack
        self._scratch = scratch
        self.stand_in = stand_in
        issuer, url = local_issuer.serve(0)
        stack.callback(issuer.server_close)
        stack.callback(issuer.shutdown)
        self._settings = {
            "AUTH_ISSUER": local_issuer.ISSUER,
            "AUTH_AUDIENCE": local_issuer.AUDIENCE,
            "AUTH_JWKS_URL": f"{url}/jwks.json",
            "AZURE_OPENAI_ENDPOINT": stand_in.url,
            "AZURE_OPENAI_DEPLOYMENT": DEPLOYMENT,
            "AZURE_OPENAI_API_KEY": KEY,
            # As in Azure without a database: no contender remembers what it has asked.
            "WEBSITE_SITE_NAME": "bench",
            # One caller sends all of the load.
            "RATE_LIMIT_GENERATION": "100000000/minute",
            "RATE_LIMIT_READING": "100000000/minute",
            "DAILY_QUOTA_CANDIDATE": "1000000000",
        }
        self.tokens = Tokens()
        self.signed_in = self.tokens.headers()

    def environment(self, app: App) -> dict[str, str]:
        """The worker's whole environment; an empty setting of the app's takes one away."""
        kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
        wanted = {**kept, **self._settings, **app.env, "BENCH_CORE": str(WORKER_CORE)}
        return {name: value for name, value in wanted.items() if value}

    def deploy(self, app: App) -> Path:
        """The app's folder, copied once."""
        folder = self._scratch / _file_name(app)
        return folder if folder.exists() else deploy(app, folder)

    async def start(self, app: App) -> RunningWorker:
        """Start a worker and wait until it has indexed the app.

        Raises:
            RuntimeError: it did not; the message has what it wrote.

        """
        ours, theirs = socket.socketpair()
        log = self._scratch / f"{_file_name(app)}.log"
        with log.open("ab") as sink, theirs:
            process = subprocess.Popen(  # noqa: ASYNC220 - its start is all that is waited for
                [
                    *(sys.executable, "-m", "bench.harness.worker"),
                    *(str(self.deploy(app)), str(theirs.fileno())),
                ],
                cwd=REPOSITORY,
                env=self.environment(app),
                stdout=subprocess.DEVNULL,
                stderr=sink,
                pass_fds=[theirs.fileno()],
            )
        worker = RunningWorker(app, process)
        self._stack.callback(_end, worker)
        await asyncio.get_running_loop().create_unix_connection(lambda: worker.channel, sock=ours)
        try:
            await asyncio.wait_for(worker.indexed, START_SECONDS)
        except (TimeoutError, EOFError):
            raise RuntimeError(f"{app.name}\n{log.read_text(errors='replace')[-3000:]}") from None
        return worker

    def stop(self, worker: RunningWorker) -> None:
        """End a worker."""
        _end(worker)

    def log_of(self, worker: RunningWorker) -> str:
        """What a worker has written."""
        return (self._scratch / f"{_file_name(worker.app)}.log").read_text(errors="replace")


@asynccontextmanager
async def rig() -> AsyncIterator[Rig]:
    """Everything that a bench needs, on two cores where there are two."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that nothing is left running
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {LOAD_CORE} & cores or cores)
    async with AsyncExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        stand_in = stack.enter_context(_stand_in())
        yield Rig(stack, scratch, stand_in)
    os.sched_setaffinity(0, cores)


@contextmanager
def _stand_in() -> Iterator[StandInProcess]:
    process = subprocess.Popen(_STAND_IN, cwd=REPOSITORY, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        yield StandInProcess(process.stdout.readline().decode().strip())
    finally:
        process.kill()
        process.wait()


class Tokens:
    """Mints tokens of the local issuer; its key is read once, which takes most of the time."""

    def __init__(self) -> None:
        self._key = local_issuer.signing_key()
        self._kid = local_issuer.public_jwk(self._key)["kid"]
        self._numbers = itertools.count()

    def headers(self) -> dict[str, str]:
        """An Authorization header with a token that nobody has seen yet."""
        now = int(time.time())
        claims = {
            "iss": local_issuer.ISSUER,
            "aud": local_issuer.AUDIENCE,
            "sub": f"user-{next(self._numbers)}",
            "roles": ["candidate"],
            "iat": now,
            "exp": now + 8 * 3600,
        }
        token = jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": self._kid})
        return {"authorization": f"Bearer {token}"}

    def subject_of(self, headers: Mapping[str, str]) -> str:
        """Whom such a header is about."""
        token = headers["authorization"].removeprefix("Bearer ")
        subject: str = jwt.decode(token, options={"verify_signature": False})["sub"]
        return subject


def _file_name(app: App) -> str:
    return "".join(c if c.isalnum() else "-" for c in app.name)


def _end(worker: RunningWorker) -> None:
    worker.forget()
    worker.channel.close()
    worker.process.kill()
    worker.process.wait()
