"""Who watches is told of every upstream request once it has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from shared.azure_openai.call import Result
    from shared.generation.ports import Task


class Attempt(NamedTuple):
    """One upstream request.

    Attributes:
        deployment: the backend's name.
        number: 1 for the first that was made for the task.
        seconds: from sending to the end.

    """

    deployment: str
    task: Task
    number: int
    seconds: float
    result: Result


class AttemptObserver(Protocol):
    """Is called on the event loop: it must neither wait nor raise."""

    def __call__(self, attempt: Attempt, /) -> None:
        """Take note of the attempt."""
        ...


def unobserved(_attempt: Attempt) -> None:
    """Take no note."""
