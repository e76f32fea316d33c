"""The topic catalogue: the topics of the bank, by part and category."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shared.ielts.bank.entries import frames, topic_sets
from shared.ielts.models import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shared.ielts.bank.entries import FrameEntry, TopicSet

_Topics = dict[str, tuple[str, ...]]


@cache
def catalogue() -> dict[Part, _Topics]:
    """Category to topics for each part. Parts 2 and 3 share theirs."""
    long = _topics(topic_sets())
    return {Part.INTERVIEW: _topics(frames()), Part.LONG_TURN: long, Part.DISCUSSION: long}


def _topics(entries: Mapping[str, tuple[FrameEntry | TopicSet, ...]]) -> _Topics:
    return {name: tuple(entry.topic for entry in group) for name, group in entries.items()}
