"""Ready before anybody asks: what the first question needs, imported after indexing."""

from __future__ import annotations

import asyncio
import gc
import logging
from typing import TYPE_CHECKING

from azure.functions.warmup import WarmUpContext  # noqa: TC002 - the worker reads the annotation

if TYPE_CHECKING:
    import azure.functions as func

    from shared.worker import Worker

logger = logging.getLogger(__name__)

_INDEXED_WITHIN_SECONDS = 0.25
"""Sooner, the warm-up would take its time from the indexing. A request that comes before imports
what it needs by itself."""

OBJECTS_BETWEEN_SEARCHES = 100_000
"""So many objects are made, and not ended, between two searches for garbage. Python's own 2,000 are
made by fifty requests, hardly any of them garbage; and each search looks through all requests in
flight: where there were 200, that took 3 % of the CPU, and held all of them up."""

_tasks: set[asyncio.Task[None]] = set()


def warm_up_after_indexing(worker: Worker) -> None:
    """Warm up soon, in the background. Where no loop runs yet, the first requests do it instead."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        _look_for_garbage_again()
        return

    def begin() -> None:
        task = loop.create_task(_warm_up(worker))
        _tasks.add(task)  # the loop alone would let it be collected
        task.add_done_callback(_tasks.discard)

    loop.call_later(_INDEXED_WITHIN_SECONDS, begin)


def add_warmup_trigger(app: func.FunctionApp, worker: Worker) -> None:
    """Have Azure warm up an instance that it adds, before it gets requests."""

    async def warmup(warming: WarmUpContext) -> None:  # noqa: ARG001 - the binding asks for it
        await _warm_up(worker)

    app.warm_up_trigger("warming")(warmup)


async def _warm_up(worker: Worker) -> None:
    try:
        await worker.warm_up()
    except Exception:
        logger.exception("the warm-up failed; the first requests will show why")
    _look_for_garbage_again()


def _look_for_garbage_again() -> None:
    """But not among what is imported and built by now: that stays.

    To look through it, too, would stop all requests in flight for a tenth of a second each time.
    """
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_SEARCHES)
