"""What the stand-in "writes": items of our own for each part, on the topic where that is simple."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .fill import fill
from .schema import facts_of

if TYPE_CHECKING:
    from .request import Request

LONGEST_TOPIC_IN_WORDS = 6
_TOPIC = re.compile(
    r"<topic[^>]*>\s*(?P<tag>.+?)\s*</topic>"
    r"|\"topic\"\s*:\s*\"(?P<json>[^\"]+)\""
    r"|\btopic\s*(?:is|:|=)\s*(?P<line>[^\n]+)",
    re.IGNORECASE | re.DOTALL,
)
_WORD = re.compile(r"[a-z]{3,}")

Item = dict[str, Any]


@cache
def _library() -> dict[str, list[Item]]:
    library: dict[str, list[Item]] = json.loads(
        Path(__file__).with_name("answers.json").read_text(encoding="utf-8")
    )
    return library


def part_of(request: Request) -> int:
    """Tell which part is asked for, by the names in the schema or, without one, in the prompt."""
    schema = request.schema
    names = facts_of(schema).names if schema else frozenset()
    wording = "" if schema else f"{request.system_text} {request.user_text}".lower()
    if "themes" in names or "themes" in wording:
        return 3
    if names & {"cue_card", "bullets", "describe"} or "cue card" in wording.replace("_", " "):
        return 2
    return 1


def topic_of(request: Request) -> str | None:
    """Find the topic in the user's message: a tag, a JSON field or a "topic: ..." line."""
    found = _TOPIC.search(request.user_text)
    if not found:
        return None
    topic = (found["tag"] or found["json"] or found["line"] or "").strip(" .\"'`")
    return topic or None


def item_for(part: int, topic: str | None, number: int) -> Item:
    """Choose in turn from the items written on a topic, filled in with it, or all there are."""
    items = _items_on(part, topic)
    return items[number % len(items)]


@lru_cache(maxsize=1024)
def _items_on(part: int, topic: str | None) -> list[Item]:
    library = _library()
    items = library["frames" if part == 1 else "sets"]
    if not topic:
        return items
    words = _words_in(topic)
    matching = [
        item | {"topic": topic} for item in items if words and words <= _words_in(item["topic"])
    ]
    if matching or len(topic.split()) > LONGEST_TOPIC_IN_WORDS:
        return matching or items
    templates = library["frame_templates" if part == 1 else "set_templates"]
    return [_filled_in(template, topic) for template in templates]


def _words_in(topic: str) -> set[str]:
    return set(_WORD.findall(topic.lower()))


def content_for(request: Request) -> Any:
    """Write the JSON content that answers a request, shaped by its schema where it has one."""
    part = part_of(request)
    item = item_for(part, topic_of(request), request.number)
    return shaped(request, item | {"part": part})


def shaped(request: Request, item: Item) -> Any:
    """Put an item into the shape that the request's schema asks for."""
    return fill(request.schema, item) if request.schema else item


def _filled_in(template: Item, topic: str) -> Item:
    wording = json.dumps(topic[:1].lower() + topic[1:])[1:-1]
    filled: Item = json.loads(json.dumps(template).replace("{topic}", wording))
    return filled | {"topic": topic}
