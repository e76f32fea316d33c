"""What goes into and comes out of each endpoint."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from shared.ielts.models import (
    CueCard,
    Discussion,
    InterviewFrame,
    LongTurn,
    Part,
    PracticeDifficulty,
)

_LONGEST_TOPIC = 100


def _plain_text(value: str) -> str:
    """One line of composed characters, without control or invisible ones."""
    visible = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFKC", value)
        if character.isspace() or unicodedata.category(character)[0] != "C"
    )
    return " ".join(visible.split())


def _short(value: str) -> str:
    if len(value) > _LONGEST_TOPIC:
        raise PydanticCustomError(
            "topic_too_long", f"Use at most {_LONGEST_TOPIC} characters for a topic."
        )
    return value


def _no_number_lookalike(value: object) -> object:
    """JSON's true and 1.0 are equal to 1 in Python, and are no part of the test."""
    if isinstance(value, bool | float) or (isinstance(value, str) and not value.isdecimal()):
        raise PydanticCustomError("part", "Input should be 1, 2 or 3.")
    return value


PartNumber = Annotated[Part, BeforeValidator(_no_number_lookalike)]
RawText = Annotated[str, Field(max_length=1000), AfterValidator(_plain_text)]
Topic = Annotated[RawText, AfterValidator(_short)]
Avoid = Annotated[
    tuple[RawText, ...],
    Field(max_length=50, description="Topics and questions not to come close to."),
]
Seed = Annotated[int, Field(ge=0, lt=2**53, strict=True)]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class TestRequest(_Input):
    """What a mock test can be asked for."""

    __test__ = False

    topic: Topic | None = Field(None, description="Topic of Parts 2 and 3; one of ours if absent.")
    avoid: Avoid = ()
    practice_difficulty: PracticeDifficulty | None = Field(
        None, description="How demanding, for practice: the exam has no question levels."
    )
    seed: Seed | None = Field(
        None, description="Makes the choice of topics, and the bank's answers, repeatable."
    )


class QuestionRequest(TestRequest):
    """What a question can be asked for."""

    part: PartNumber = Field(Part.LONG_TURN, description="1 interview, 2 long turn, 3 discussion.")
    topic: Topic | None = Field(None, description="Free text; one of the catalogue if absent.")
    count: Annotated[int, Field(ge=1, le=5, strict=True)] = Field(
        1, description="How many different items."
    )


class _Output(BaseModel):
    model_config = ConfigDict(defer_build=True)


class _Delivered(_Output):
    question: str = Field(description="The whole item as an examiner would read it out.")


class DeliveredInterview(InterviewFrame, _Delivered):
    """A Part 1 frame; `items` holds all of them where several were asked for."""

    items: list[DeliveredInterview] | None = None


class DeliveredLongTurn(LongTurn, _Delivered):
    """A Part 2 long turn; `items` holds all of them where several were asked for."""

    items: list[DeliveredLongTurn] | None = None


class DeliveredDiscussion(Discussion, _Delivered):
    """A Part 3 discussion; `items` holds all of them where several were asked for."""

    items: list[DeliveredDiscussion] | None = None


Delivered = Annotated[
    DeliveredInterview | DeliveredLongTurn | DeliveredDiscussion, Field(discriminator="part")
]
"""One item, in the shape of its part."""


class Seconds(_Output):
    """How long a step takes, in seconds."""

    least: int
    most: int


class Step(_Output):
    """One step of a mock test: what the examiner says, what the candidate sees, how long it is."""

    part: Part
    kind: Literal[
        "introduction", "frame", "card", "preparation", "talk", "rounding_off", "theme", "closing"
    ]
    says: str
    seconds: Seconds
    topic: str | None = None
    questions: list[str] | None = None
    cue_card: CueCard | None = None


class DeliveredTest(_Output):
    """A whole mock test, step by step."""

    test_id: str
    topic: str = Field(description="What Parts 2 and 3 are about.")
    question: str = Field(description="The whole test as an examiner would read it out.")
    minutes: Seconds = Field(description="The whole test's length, in minutes.")
    steps: list[Step]


class CategoryTopics(_Output):
    """The topics of one category."""

    category: str
    topics: list[str]


class PartTopics(_Output):
    """The topics of one part, by category."""

    part: Part
    categories: list[CategoryTopics]


class Catalogue(_Output):
    """The topic catalogue."""

    total: int
    parts: list[PartTopics]


class Health(_Output):
    """What a probe and an operator want to know first."""

    alive: bool
    ready: bool
    status: Literal["ok", "degraded"]
    runs_on: Literal["model", "bank"]
    version: str
