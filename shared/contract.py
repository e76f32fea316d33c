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
_LONGEST_TEXT = 1000
_LONGEST_AVOID = 3000
"""Of all that is to be avoided together: it goes into each item's prompt."""


def _plain_text(value: str) -> str:
    """One line of composed characters, without control or invisible ones."""
    if value.isascii() and value.isprintable():
        return " ".join(value.split())  # not longer than it was
    visible = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFKC", value)
        if character.isspace() or unicodedata.category(character)[0] != "C"
    )
    plain = " ".join(visible.split())
    if len(plain) > _LONGEST_TEXT:  # one character can stand for eighteen
        raise PydanticCustomError("text_too_long", f"Use at most {_LONGEST_TEXT} characters.")
    return plain


def _plain_topic(value: str) -> str:
    plain = _plain_text(value)
    if len(plain) > _LONGEST_TOPIC:
        raise PydanticCustomError(
            "topic_too_long", f"Use at most {_LONGEST_TOPIC} characters for a topic."
        )
    return plain


def _not_too_much(texts: tuple[str, ...]) -> tuple[str, ...]:
    if sum(map(len, texts)) > _LONGEST_AVOID:
        raise PydanticCustomError(
            "avoid_too_long", f"Use at most {_LONGEST_AVOID} characters in all."
        )
    return texts


def _no_number_lookalike(value: object) -> object:
    """JSON's true and 1.0 are equal to 1 in Python, and are no part of the test."""
    if isinstance(value, bool | float) or (isinstance(value, str) and not value.isdecimal()):
        raise PydanticCustomError("part", "Input should be 1, 2 or 3.")
    return value


PartNumber = Annotated[Part, BeforeValidator(_no_number_lookalike)]
RawText = Annotated[str, Field(max_length=_LONGEST_TEXT), AfterValidator(_plain_text)]
Topic = Annotated[str, Field(max_length=_LONGEST_TEXT), AfterValidator(_plain_topic)]
Avoid = Annotated[
    tuple[RawText, ...],
    Field(
        max_length=50,
        description="Topics and questions not to come close to: "
        f"at most {_LONGEST_AVOID} characters in all.",
    ),
    AfterValidator(_not_too_much),
]
Seed = Annotated[int, Field(ge=0, lt=2**53, strict=True)]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class TestRequest(_Input):
    """What a mock test can be asked for."""

    __test__ = False

    topic: Topic | None = Field(
        None,
        description="Topic of Parts 2 and 3; one of ours if absent. At most 100 characters.",
    )
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
    topic: Topic | None = Field(
        None, description="Free text of at most 100 characters; one of the catalogue if absent."
    )
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


class TokensUsed(_Output):
    """What the model's answers cost, in tokens."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class AnswerMeta(_Output):
    """How an answer came about; for admins also what it took."""

    source: Literal["model", "library", "bank", "mixed"] = Field(
        description="Who wrote it: the model now, the model before, or us."
    )
    sources: list[Literal["model", "library", "bank"]] | None = Field(
        None, description="Of each item, where there are several."
    )
    model: str | None = None
    usage: TokensUsed | None = None
    prompt_version: str | None = None
    topic_matched: bool | None = Field(
        None, description="False where the bank had nothing on the topic that was asked for."
    )
    history: Literal["unavailable"] | None = Field(
        None, description="Where the candidate's history could not be read or written."
    )
    deployment: str | None = Field(None, description="For admins: the deployment that answered.")
    attempts: int | None = Field(None, description="For admins: requests to the model.")
    wait_ms: float | None = Field(None, description="For admins: time spent waiting for it.")
    repairs: int | None = Field(None, description="For admins: requests to mend an item.")
    findings: str | None = Field(None, description="For admins: the rules that were broken.")
    bank_reason: str | None = Field(None, description="For admins: why the bank answered.")


class Seconds(_Output):
    """A least and a most."""

    least: int
    most: int


class Step(_Output):
    """One step of a mock test: what the examiner says and the candidate sees, and its seconds."""

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


class DeploymentHealth(_Output):
    """One deployment of the model, by its place in the order in which they are asked."""

    priority: int
    condition: Literal["ready", "cooling_down", "failing", "misconfigured"] = Field(
        description="`failing` is skipped and probed again; `misconfigured` is the operator's."
    )


class Health(_Output):
    """What a probe and an operator want to know first."""

    alive: bool
    ready: bool
    status: Literal["ok", "degraded"]
    runs_on: Literal["model", "bank"]
    deployments: list[DeploymentHealth]
    memory: Literal["ok", "unavailable", "none"] = Field(
        description="Whether histories, tests and keys can be read and written; none kept: `none`."
    )
    version: str
