"""A model that does what the topic tells it to: what a prompt injection looks like from outside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .answers import content_for, topic_of
from .garbage import each_text

if TYPE_CHECKING:
    from .request import Request

_SAY = re.compile(
    r"\b(?:say|write|answer|reply|respond|output)\s+(?:only\s+|with\s+)*(.+)", re.IGNORECASE
)
_REVEAL = re.compile(r"\b(?:system prompt|instructions|system message)\b", re.IGNORECASE)
_SHOW = re.compile(r"\b(?:print|show|reveal|repeat|output|tell|give)\b", re.IGNORECASE)
_ORDER = re.compile(r"\b(?:ignore|disregard|forget|instead)\b", re.IGNORECASE)


def obeyed(request: Request) -> Any:
    """Write what the topic orders, in the schema's shape; without an order, a good item."""
    content = content_for(request)
    topic = topic_of(request) or request.user_text
    text = _ordered(topic, request)
    return content if text is None else each_text(content, lambda _key, _text, _at: text)


def _ordered(topic: str, request: Request) -> str | None:
    if _REVEAL.search(topic) and _SHOW.search(topic):
        return request.system_text
    if found := _SAY.search(topic):
        return found[1].strip(" .\"'")
    return topic if _ORDER.search(topic) else None
