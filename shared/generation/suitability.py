"""Whether a topic that somebody typed is one for the Speaking test."""

from __future__ import annotations

import re

from shared.errors import Detail, UnsuitableTopic
from shared.ielts.bank.matching import entries
from shared.ielts.models import Part
from shared.ielts.rules import check_topic, rejected

_SUGGESTIONS = 3
_LEADING_UP = re.compile(
    r"^(?:please )?(?:describe|discuss|(?:ask|speak|talk|tell|write)(?: me)? about"
    r"|(?:questions?|something) about) (?=\w)",
    re.IGNORECASE,
)
"""What people type before the topic itself: "describe a journey", "talk about food"."""


def suitable_topic(topic: str | None) -> str | None:
    """The topic, if it is fit for the exam; None where none (or an empty one) was given.

    Raises:
        UnsuitableTopic: with the reason and a few topics that are.

    """
    topic = _LEADING_UP.sub("", topic or "", count=1)
    if not topic:
        return None
    findings = check_topic(topic, "topic")
    if rejected(findings):
        reasons = [finding.reason for finding in findings]
        raise UnsuitableTopic(details=[Detail("topic", f"{' '.join(reasons)} {_suggestion()}")])
    return topic


def _suggestion() -> str:
    step = len(entries(Part.LONG_TURN)) // _SUGGESTIONS
    topics = [entry.topic for entry in entries(Part.LONG_TURN)[::step]][:_SUGGESTIONS]
    return f"Try one of these: {'; '.join(topics)}. GET /topics lists them all."
