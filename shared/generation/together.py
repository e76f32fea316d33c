"""Several pieces of one request at the same time: all of them, or none left running."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable

Result = TypeVar("Result")


async def together(work: Iterable[Coroutine[object, object, Result]]) -> list[Result]:
    """The results in order. The first failure cancels the rest and is raised as it is."""
    pieces = list(work)
    if len(pieces) == 1:  # as in most requests: no task of its own, no turns of the loop for it
        return [await pieces[0]]
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(piece) for piece in pieces]
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return [task.result() for task in tasks]
