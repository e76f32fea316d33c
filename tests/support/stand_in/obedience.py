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
_ASK = re.compile(r"\bask (?:for|about) (?:my|your|the \w+'s) (.+)", re.IGNORECASE)
_ORDER = re.compile(r"\b(?:ignore|disregard|forget|instead)\b", re.IGNORECASE)


def obeyed(request: Request) -> Any:
    """Write what the topic orders, or what is to be avoided does; without an order, a good item."""
    content = content_for(request)
    text = _ordered(topic_of(request) or "", request) or _ordered(request.user_text, request)
    return content if text is None else each_text(content, lambda _key, _text, _at: text)


def asked_back(request: Request) -> Any:
    """Every text a line of the instructions, put as a question or as a line of a card."""
    told = [line.strip("- .") for line in request.system_text.splitlines() if len(line) > 20]

    def ask(key: str, _text: str, at: int) -> str:
        line = told[at % len(told)]
        line = line[0].lower() + line[1:]
        return f"whether you {line}" if key in {"bullets", "closing"} else f"Do you {line}?"

    return each_text(content_for(request), ask)


def _ordered(topic: str, request: Request) -> str | None:
    if _REVEAL.search(topic) and _SHOW.search(topic):
        return request.system_text
    if found := _ASK.search(topic):
        asked_for = found[1].strip(' ."}]')
        return f"What is your {asked_for}?"
    if found := _SAY.search(topic):
        return found[1].strip(" .\"'")
    return topic if _ORDER.search(topic) else None
