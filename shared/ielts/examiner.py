"""What the examiner says around the questions, and how long each step takes. Our own wording.

Timings are those of the test: Part 1 four to five minutes, Part 2 one minute to prepare and one
to two to talk, Part 3 four to five minutes, 11 to 14 minutes in all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shared.ielts.models import CueCard, Discussion, InterviewFrame, Question

PREPARATION_SECONDS = 60
TALKING_SECONDS = (60, 120)

WELCOME = (
    "Good morning. I am your examiner today. Please tell me your full name. "
    "To begin, I am going to ask you a few things about yourself."
)
PREPARE = "Your minute of preparation starts now. You may write notes on the paper."
BEGIN_TALKING = "Please begin. I will let you know when the two minutes are over."
THANK_FOR_CARD = "Thank you. I will take the card back now."
GOODBYE = "Thank you very much. We have come to the end of the Speaking test."


def read_out(question: Question) -> str:
    """The whole item as an examiner would read it out, a line for each thing said."""
    if question.part == 1:
        return "\n".join([introduce_frame(question), *question.questions])
    if question.part == 2:  # noqa: PLR2004 - the part's own number
        lines = [introduce_card(), card_text(question.cue_card), *question.rounding_off]
        return "\n".join(lines)
    return "\n".join(
        line
        for position, theme in enumerate(question.themes)
        for line in [
            introduce_discussion(question, theme.theme)
            if position == 0
            else introduce_theme(theme.theme),
            *theme.questions,
        ]
    )


def introduce_frame(frame: InterviewFrame) -> str:
    """The words that open a Part 1 frame."""
    if _is_question(frame.topic):
        return "Let us turn to another topic."
    return f"Let us turn to the topic of {_to_candidate(frame.topic)}."


def introduce_card() -> str:
    """The words that hand over the cue card and explain the long turn."""
    return (
        "Here is your topic. You have one minute to get ready, and you may make notes. "
        "Then please speak about it for one to two minutes."
    )


def card_text(card: CueCard) -> str:
    """The cue card as it is printed."""
    return "\n".join([card.describe, "You should say:", *card.bullets, card.closing])


def introduce_discussion(discussion: Discussion, theme: str) -> str:
    """The words that lead from the long turn into the discussion's first theme."""
    told = discussion.topic
    told = "the subject of your card" if _is_question(told) else _to_candidate(told)
    return (
        f"You have been telling me about {told}. I would now like to ask some more general "
        f"questions. First, let us think about {_lower(theme)}."
    )


def introduce_theme(theme: str) -> str:
    """The words that open the second theme."""
    return f"Now let us move on to {_lower(theme)}."


_OF_CANDIDATE = {"my": "your", "our": "your", "me": "you", "i": "you", "we": "you"}
_FIRST_PERSON = re.compile(rf"\b(?:{'|'.join(_OF_CANDIDATE)})\b", re.IGNORECASE)


def _is_question(topic: str) -> bool:
    """Whether a topic that a candidate typed cannot be named as one: "why do people travel?"."""
    return "?" in topic


def _to_candidate(topic: str) -> str:
    """A topic that a candidate typed, "my brother", as an examiner says it to them."""
    return _FIRST_PERSON.sub(lambda match: _OF_CANDIDATE[match[0].lower()], topic)


def _lower(phrase: str) -> str:
    """A theme inside a sentence; an abbreviation such as "TV" keeps its capitals."""
    return phrase if phrase[1:2].isupper() else phrase[:1].lower() + phrase[1:]
