"""The bank's entries, read from its data files once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from shared.ielts.models import (
    CueCard,
    Discussion,
    InterviewFrame,
    LongTurn,
    Part,
    PracticeDifficulty,
    Question,
    Text,
    Theme,
)

_FOLDER = Path(__file__).parent

Keyword = Annotated[str, Field(pattern=r"^[a-z][a-z'-]*$")]


class _Entry(BaseModel):
    """What every entry has.

    Attributes:
        subjects: what it is about, each in a word: any of them, typed as a topic, is met by it.
        keywords: what it touches: whoever wishes to avoid one of them does not get it.

    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    topic: Text
    difficulty: PracticeDifficulty
    subjects: Annotated[tuple[Keyword, ...], Field(min_length=1)]
    keywords: tuple[Keyword, ...]


class FrameEntry(_Entry):
    """A Part 1 frame. `core` ones are about work, study or home, and suit every candidate."""

    core: bool
    questions: Annotated[list[Text], Field(min_length=4, max_length=4)]

    def item(self, part: Part) -> Question:
        """The frame as Part 1.

        Raises:
            ValueError: the frame is asked for another part.

        """
        if part is not Part.INTERVIEW:
            raise ValueError("a frame has Part 1 only")
        return InterviewFrame(topic=self.topic, questions=self.questions)


class TopicSet(_Entry):
    """A cue card with its rounding-off questions, and the discussion that grows out of it."""

    kind: Literal["person", "place", "object", "event", "activity", "media", "idea"]
    cue_card: CueCard
    rounding_off: Annotated[list[Text], Field(min_length=2, max_length=2)]
    themes: Annotated[list[Theme], Field(min_length=2, max_length=2)]

    def item(self, part: Part) -> Question:
        """The set's Part 2 or Part 3.

        Raises:
            ValueError: Part 1 is asked for.

        """
        if part is Part.LONG_TURN:
            return LongTurn(
                topic=self.topic, cue_card=self.cue_card, rounding_off=self.rounding_off
            )
        if part is Part.DISCUSSION:
            return Discussion(topic=self.topic, themes=self.themes)
        raise ValueError("a topic set has no Part 1")


BankEntry = FrameEntry | TopicSet
Entry = TypeVar("Entry", FrameEntry, TopicSet)


@cache
def frames() -> dict[str, tuple[FrameEntry, ...]]:
    """The Part 1 frames by category."""
    return _read("interview_frames", TypeAdapter(tuple[FrameEntry, ...]))


@cache
def topic_sets() -> dict[str, tuple[TopicSet, ...]]:
    """The topic sets by category."""
    return _read("topic_sets", TypeAdapter(tuple[TopicSet, ...]))


def _read(folder: str, adapter: TypeAdapter[tuple[Entry, ...]]) -> dict[str, tuple[Entry, ...]]:
    return {
        path.stem: adapter.validate_json(path.read_bytes())
        for path in sorted((_FOLDER / folder).glob("*.json"))
    }
