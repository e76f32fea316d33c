"""A worker process: one function app in Microsoft's library, called through a channel.

    python -m bench.harness.worker APP_FOLDER CHANNEL_FD

Frames in: ("call", number, function, path, method, body, headers), answered by
("called", number, status, body); ("round", number, asks, at_once), answered by
("round", number, nanoseconds, cpu_seconds, statuses, from_model); ("stats", number), answered by
("stats", number, dict). The first frame out is ("indexed", None).
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import socket
import sys
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.harness.channel import Channel, Frame
from bench.harness.library import Ask, IndexedFunction, index, invoke
from bench.harness.questions import from_model

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

_tasks: set[asyncio.Task[None]] = set()  # the loop alone would let them be collected


class Worker:
    """Serves the frames."""

    def __init__(self, functions: dict[str, IndexedFunction]) -> None:
        self._functions = functions
        self._kinds: dict[str, Callable[..., Coroutine[Any, Any, None]]] = {
            "call": self._call,
            "round": self._round,
            "stats": self._stats,
        }
        self.ended = asyncio.Event()
        self.channel = Channel(self._receive, self.ended.set)

    def _receive(self, frame: Frame) -> None:
        kind, number, *rest = frame
        serve = self._kinds[kind]
        task = asyncio.get_running_loop().create_task(serve(number, *rest))
        _tasks.add(task)
        task.add_done_callback(_tasks.discard)

    async def _call(self, number: int, *ask: Any) -> None:
        request = Ask(*ask)
        status, body = await invoke(self._functions[request.function], request.datum())
        self.channel.send("called", number, status, body)

    async def _round(self, number: int, asks: list[Frame], at_once: int) -> None:
        """Call the requests in order, so many at once; nothing but the calls is timed."""
        requests = [Ask(*ask) for ask in asks]
        waiting = [(self._functions[ask.function], ask.datum()) for ask in requests]
        waiting.reverse()
        took: list[int] = []
        answers: list[tuple[int, bytes]] = []

        async def caller() -> None:
            while waiting:
                function, datum = waiting.pop()
                began = time.perf_counter_ns()
                answer = await invoke(function, datum)
                took.append(time.perf_counter_ns() - began)
                answers.append(answer)

        gc.collect()
        cpu = time.process_time()
        await asyncio.gather(*(caller() for _ in range(at_once)))
        cpu = time.process_time() - cpu
        statuses = sorted({status for status, _ in answers})
        of_model = sum(from_model(*answer) for answer in answers)
        self.channel.send("round", number, took, cpu, statuses, of_model)

    async def _stats(self, number: int) -> None:
        gc.collect()
        self.channel.send("stats", number, _stats())


def _stats() -> dict[str, Any]:
    """What the process holds: its own tasks aside."""
    model = getattr(getattr(sys.modules.get("function_app"), "worker", None), "model", None)
    states = model.states() if model is not None else ()
    return {
        "cpu_seconds": time.process_time(),
        "rss_mib": _resident() / 2**20,
        "tasks": len(asyncio.all_tasks()) - len(_tasks) - 1,
        "sockets": sum(map(_is_socket, Path("/proc/self/fd").iterdir())),
        "threads": len(list(Path("/proc/self/task").iterdir())),
        "in_flight": sum(state.in_flight for state in states),
        "waiting": sum(state.waiting for state in states),
        "conditions": [str(state.condition) for state in states],
    }


def _resident() -> int:
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _is_socket(descriptor: Path) -> bool:
    try:
        return str(descriptor.readlink()).startswith("socket:")
    except OSError:
        return False


async def _serve(folder: Path, fd: int) -> None:
    worker = Worker(await index(folder))
    end = socket.socket(fileno=fd)
    await asyncio.get_running_loop().create_unix_connection(lambda: worker.channel, sock=end)
    worker.channel.send("indexed", None)
    await worker.ended.wait()


if __name__ == "__main__":
    if "BENCH_CORE" in os.environ:
        os.sched_setaffinity(0, {int(os.environ["BENCH_CORE"])})
    warnings.simplefilter("ignore")
    # As the host's own handler: every record formatted and written, to a place where none reads.
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    asyncio.run(_serve(Path(sys.argv[1]), int(sys.argv[2])))
    os._exit(0)  # threads of a synchronous peer may still wait for the model
