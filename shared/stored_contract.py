"""What goes into and comes out of the endpoints about stored things."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from shared.ielts.models import Discussion, InterviewFrame, LongTurn, Part

Item = Annotated[InterviewFrame | LongTurn | Discussion, Field(discriminator="part")]
"""An item in the shape of its part, as it was delivered."""

_LONGEST_REPORT = timedelta(days=366)
_USUAL_REPORT = timedelta(days=29)


def _today() -> date:
    return datetime.now(UTC).date()


def _usual_first_day(given: dict[str, Any]) -> date:
    last: date = given.get("to") or _today()
    return last - min(_USUAL_REPORT, last - date.min)


def _iso_day(value: object) -> object:
    """A number would be taken for seconds since 1970."""
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise PydanticCustomError("day", "Write the day as 2026-01-31.")
    return value


Day = Annotated[date, BeforeValidator(_iso_day)]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class _Output(BaseModel):
    model_config = ConfigDict(defer_build=True)


class HistoryQuery(_Input):
    """Which page of the history."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    before: Annotated[str, Field(pattern=r"^[0-9a-f]{24}$")] | None = Field(
        None, description="`next` of the page before."
    )


class HistoryItem(_Output):
    """One item that the caller was given."""

    id: str
    at: datetime
    source: Literal["model", "library", "bank"]
    item: Item


class HistoryPage(_Output):
    """Items, the newest first."""

    items: list[HistoryItem]
    next: str | None = Field(None, description="Ask for `before` this; absent on the last page.")


class Erased(_Output):
    """What erasure took away: everything under the caller's name."""

    items: int = Field(description="Items that were in the history.")


class LibraryQuery(_Input):
    """Which page of the library."""

    part: Part | None = Field(None, description="1, 2 or 3; all if absent.")
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    before: Annotated[str, Field(pattern=r"^[0-9]{1,15}-[0-9a-f]{32}$")] | None = Field(
        None, description="`next` of the page before."
    )


class LibraryEntry(_Output):
    """One accepted item of the model's."""

    id: str
    accepted_at: datetime
    topic: str
    model: str
    prompt_version: str
    retired: bool
    item: Item


class LibraryPage(_Output):
    """Items, the newest first."""

    items: list[LibraryEntry]
    next: str | None = Field(None, description="Ask for `before` this; absent on the last page.")


class Retired(_Output):
    """An item that will not be served again."""

    id: str


class UsageQuery(_Input):
    """Which days, and how to group them. Days are UTC; both ends are included."""

    to: Day = Field(default_factory=_today, description="The last day; today if absent.")
    from_: Day = Field(
        default_factory=_usual_first_day,
        alias="from",
        description="The first day; 29 days before the last if absent.",
    )
    group_by: Literal["day", "route", "model"] = "day"

    @field_validator("from_")
    @classmethod
    def _is_a_range(cls, first: date, info: ValidationInfo) -> date:
        last: Any = info.data.get("to")
        if last is not None and not timedelta(0) <= last - first <= _LONGEST_REPORT:
            raise PydanticCustomError("range", "Use a day before 'to', by 366 days at most.")
        return first


class UsageGroup(_Output):
    """One day, route or model."""

    group: str = Field(description="Empty for requests to which no model answered.")
    requests: int
    errors: int = Field(description="Answers of status 400 and above.")
    p50_ms: float
    p95_ms: float
    prompt_tokens: int
    completion_tokens: int
    model_share: float = Field(description="Of the items delivered; 0 to 1.")
    library_share: float
    bank_share: float
    repairs: int
    estimated_cost: float | None = Field(
        description="In the currency of MODEL_PRICES; absent where a model has no price."
    )


class UsageReport(_Output):
    """What the service did and cost."""

    model_config = ConfigDict(defer_build=True, populate_by_name=True, serialize_by_alias=True)

    from_: date = Field(alias="from")
    to: date
    group_by: Literal["day", "route", "model"]
    groups: list[UsageGroup]
