"""What the use case needs: a question model, and the memory of one candidate.

Also how a model says that it could not answer; a memory that cannot be asked is an empty one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shared.deadline import Deadline
    from shared.ielts.models import Part, PracticeDifficulty


class Message(NamedTuple):
    """One chat message: `role` is "system", "user" or "assistant"."""

    role: str
    content: str


class Task(NamedTuple):
    """What the model is asked: the conversation, and the strict JSON schema of its answer.

    Attributes:
        name: the schema's name, letters, digits and underscores ("long_turn").
        messages: the fixed instructions first, so that prompt caching works.
        schema: JSON schema in the strict subset of structured outputs.
        max_output_tokens: room for the answer.
        temperature: None where the model should use its own default.

    """

    name: str
    messages: tuple[Message, ...]
    schema: Mapping[str, Any]
    max_output_tokens: int
    temperature: float | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one or more model answers."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        """Sum, for an item that took more than one answer."""
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.total_tokens + other.total_tokens,
        )


@dataclass(frozen=True, slots=True)
class Effort:
    """What an answer, or the lack of one, cost: for admins and the log line.

    Attributes:
        deployment: name of the deployment that answered, or was asked last; None if none was.
        attempts: upstream requests made.
        wait_ms: time spent waiting for a slot, a cooldown or a backoff.

    """

    deployment: str | None = None
    attempts: int = 0
    wait_ms: float = 0.0

    def __add__(self, later: Effort) -> Effort:
        """Both together; the later deployment is the one to name."""
        return Effort(
            later.deployment or self.deployment,
            self.attempts + later.attempts,
            self.wait_ms + later.wait_ms,
        )


class ModelAnswer(NamedTuple):
    """The text of one structured answer (JSON, not yet validated) and what it cost."""

    text: str
    model: str
    usage: Usage | None
    effort: Effort = Effort()


class ModelError(Exception):
    """The model gave no usable answer.

    Attributes:
        reason: a snake_case class of the cause ("rate_limited", "timeout", ...), for logs.
        effort: what the attempt cost.
        retry_after: seconds after which another request makes sense, where known.

    """

    def __init__(
        self, reason: str, *, effort: Effort | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.effort = effort or Effort()
        self.retry_after = retry_after


class ModelUnavailable(ModelError):
    """Missing, slow, overloaded, misconfigured or broken: the bank answers instead."""


class PromptRefused(ModelError):
    """The content filter refused the prompt, so the topic: asking again changes nothing."""


class AnswerRefused(ModelError):
    """An answer was filtered, refused, cut off or empty: a differently put request may do."""


class QuestionModel(Protocol):
    """A model that answers tasks with JSON text."""

    async def answer(self, task: Task, deadline: Deadline) -> ModelAnswer:
        """Answer the task before the deadline.

        Raises:
            ModelUnavailable: no answer can be had within the deadline.
            PromptRefused: the content filter refused the prompt.
            AnswerRefused: an answer came, and cannot be used.

        """
        ...


class LastGiven(NamedTuple):
    """When something like a bank entry was last given, in any unit that grows; 0 for never.

    Attributes:
        item: an item that asks what the entry asks.
        topic: any item on the entry's topic.

    """

    item: int = 0
    topic: int = 0


class Memory(Protocol):
    """What one candidate has had, and what the library has for them. None of it raises."""

    async def practised(self, *parts: Part) -> Mapping[str, LastGiven]:
        """By bank entry's id: what was given of these parts together."""
        ...

    async def recent(self, part: Part, topic: str) -> Sequence[str]:
        """A few questions had of late, those on the topic first."""
        ...

    async def alike(self, part: Part, texts: Sequence[str]) -> Sequence[str]:
        """Those questions had that one of the texts could be a near-duplicate of."""
        ...

    async def library(
        self, part: Part, topic: str, difficulty: PracticeDifficulty
    ) -> Sequence[str]:
        """Accepted items on the topic that the candidate has not had, as JSON."""
        ...

    async def library_topics(self, part: Part, difficulty: PracticeDifficulty) -> Sequence[str]:
        """Topics on which `library` has something."""
        ...


class NoMemory:
    """The memory of somebody of whom nothing is known."""

    async def practised(self, *_: Part) -> Mapping[str, LastGiven]:
        """Nothing."""
        return {}

    async def recent(self, _part: Part, _topic: str) -> Sequence[str]:
        """Nothing."""
        return ()

    async def alike(self, _part: Part, _texts: Sequence[str]) -> Sequence[str]:
        """Nothing."""
        return ()

    async def library(
        self, _part: Part, _topic: str, _difficulty: PracticeDifficulty
    ) -> Sequence[str]:
        """Nothing."""
        return ()

    async def library_topics(self, _part: Part, _difficulty: PracticeDifficulty) -> Sequence[str]:
        """Nothing."""
        return ()


NO_MEMORY = NoMemory()
