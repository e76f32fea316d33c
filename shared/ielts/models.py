"""The shapes of the Speaking test: Part 1 frame, cue card, Part 3 discussion.

Figures in the docstrings come from 64 officially published Speaking tests.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(min_length=1, max_length=400)]


class Part(IntEnum):
    """The three parts of the Speaking test."""

    INTERVIEW = 1
    LONG_TURN = 2
    DISCUSSION = 3


class PracticeDifficulty(StrEnum):
    """How demanding a practice item is. The exam itself has no question levels."""

    EASIER = "easier"
    STANDARD = "standard"
    HARDER = "harder"


class Item(BaseModel):
    """What every part has: immutable, and with no field but the named ones."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class InterviewFrame(Item):
    """Part 1: four questions about the candidate on one familiar topic.

    A question may end in a bracketed probe, as on 71 % of published ones:
    "Do you often cook at home? [Why/Why not?]".
    """

    part: Literal[1] = 1
    topic: Text
    questions: Annotated[list[Text], Field(min_length=4, max_length=4)]


class CueCard(Item):
    """The card of Part 2: "Describe ...", exactly three prompts, and a closing line.

    `bullets` are lower-case noun clauses without end punctuation ("what you did there");
    `closing` begins "and explain ...".
    """

    describe: Text
    bullets: Annotated[list[Text], Field(min_length=3, max_length=3)]
    closing: Text


class LongTurn(Item):
    """Part 2: the cue card and one or two rounding-off questions, answerable briefly."""

    part: Literal[2] = 2
    topic: Text
    cue_card: CueCard
    rounding_off: Annotated[list[Text], Field(min_length=1, max_length=2)]


class Theme(Item):
    """One of the two themes of a Part 3 discussion, with three questions."""

    theme: Text
    questions: Annotated[list[Text], Field(min_length=3, max_length=3)]


class Discussion(Item):
    """Part 3: two themes of three general questions that grow out of the Part 2 topic."""

    part: Literal[3] = 3
    topic: Text
    themes: Annotated[list[Theme], Field(min_length=2, max_length=2)]


Question = InterviewFrame | LongTurn | Discussion
