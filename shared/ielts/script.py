"""The examiner's script of a whole test: steps in order, our own wording, 11 to 14 minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from shared.ielts import examiner
from shared.ielts.models import Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shared.ielts.models import CueCard, Discussion, InterviewFrame, LongTurn


class ScriptStep(NamedTuple):
    """One step: what the examiner says, what the candidate sees, and its least and most seconds."""

    part: Part
    kind: str
    says: str
    seconds: tuple[int, int]
    topic: str | None = None
    questions: tuple[str, ...] | None = None
    cue_card: CueCard | None = None


def script(
    frames: Sequence[InterviewFrame], long_turn: LongTurn, discussion: Discussion
) -> list[ScriptStep]:
    """The whole test. Its steps add up to 11 minutes at the least and 14 at the most."""
    return [*_interview(frames), *_long_turn(long_turn), *_discussion(discussion)]


def _interview(frames: Sequence[InterviewFrame]) -> Iterator[ScriptStep]:
    part = Part.INTERVIEW
    yield ScriptStep(part, "introduction", examiner.WELCOME, (30, 30))
    for frame in frames:
        says = examiner.introduce_frame(frame)
        yield ScriptStep(part, "frame", says, (70, 90), frame.topic, tuple(frame.questions))


def _long_turn(item: LongTurn) -> Iterator[ScriptStep]:
    part, card = Part.LONG_TURN, item.cue_card
    talk = examiner.TALKING_SECONDS
    preparation = (examiner.PREPARATION_SECONDS, examiner.PREPARATION_SECONDS)
    yield ScriptStep(part, "card", examiner.introduce_card(), (20, 20), item.topic, None, card)
    yield ScriptStep(part, "preparation", examiner.PREPARE, preparation, cue_card=card)
    yield ScriptStep(part, "talk", examiner.BEGIN_TALKING, talk, cue_card=card)
    yield ScriptStep(
        part, "rounding_off", examiner.THANK_FOR_CARD, (40, 40), questions=tuple(item.rounding_off)
    )


def _discussion(item: Discussion) -> Iterator[ScriptStep]:
    part = Part.DISCUSSION
    for position, theme in enumerate(item.themes):
        says = (
            examiner.introduce_discussion(item, theme.theme)
            if position == 0
            else examiner.introduce_theme(theme.theme)
        )
        yield ScriptStep(part, "theme", says, (115, 145), theme.theme, tuple(theme.questions))
    yield ScriptStep(part, "closing", examiner.GOODBYE, (10, 10))
