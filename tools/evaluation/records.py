"""What a run leaves behind: its items, how each came about, and the figures measured on them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.generation.spec import Source
from shared.ielts.models import Part, Question


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Record(_Kept):
    """One delivered item.

    Attributes:
        model: what wrote it; None for a bank item.
        repairs: repair requests that were made.
        broken_rules: names of the rules that the model's drafts broke, once for each finding.
        reason: why the bank answered; None where the model wrote it or no model was asked.
        requests: upstream requests made.
        prompt_tokens: of all answers together, as `completion_tokens`.
        latency_ms: from asking the generator to having the item.

    """

    item: Annotated[Question, Field(discriminator="part")]
    source: Source
    model: str | None = None
    repairs: int = 0
    broken_rules: tuple[str, ...] = ()
    reason: str | None = None
    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    latency_ms: float = 0.0

    @property
    def part(self) -> Part:
        """The part that the item belongs to."""
        return Part(self.item.part)

    @property
    def asked_a_model(self) -> bool:
        """Whether there was a model to ask, whoever answered in the end."""
        return self.source is Source.MODEL or self.reason is not None


class Run(_Kept):
    """How the items were collected.

    Attributes:
        made_at: local time, "2026-11-22 10:30".
        model: names of the models that wrote items; "" where none did.
        asked_a_model: whether one was configured.
        items_per_part: as asked for; each part may hold fewer where the bank has no more.

    """

    made_at: str
    version: str
    prompt_version: str
    model: str
    asked_a_model: bool
    items_per_part: int
    seed: int
    concurrency: int
    deadline_seconds: float


class Unit(StrEnum):
    """What a figure's value is."""

    SHARE = "share"
    """Of one: 0.25 is 25 %."""
    WORDS = "words"
    PER_QUESTION = "per question"
    MILLISECONDS = "ms"
    TOKENS = "tokens"
    REQUESTS = "requests"


class Aim(StrEnum):
    """Which way a figure is better."""

    MORE = "more"
    LESS = "less"
    PUBLISHED = "published"
    """The nearer to the published figure, the better."""


class Figure(_Kept):
    """One measured figure.

    Attributes:
        sample: on how many items or texts it was measured.
        error: the standard error; None for a share, which its sample tells, and where so few
            values are no guide.
        published: the same figure on published tests, measured on `published_sample` texts.

    """

    part: Part
    group: str
    label: str
    value: float
    unit: Unit
    sample: int
    aim: Aim
    error: float | None = None
    published: float | None = None
    published_sample: int | None = None


class Twins(_Kept):
    """Two questions of different items that ask the same."""

    part: Part
    first: str
    second: str


class Report(_Kept):
    """A whole run: what `report.json` holds."""

    format: Literal[1] = 1
    run: Run
    figures: tuple[Figure, ...]
    twins: tuple[Twins, ...]
    records: tuple[Record, ...]
