"""Write JSON that fits a schema, taking the values from an item by the names of the properties.

So the schema may nest, number or rename a little without the stand-in breaking: what an item
does not name gets the plainest value of its type.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .schema import resolve

if TYPE_CHECKING:
    from collections.abc import Mapping

_ALIASES = {
    "card": "cue_card",
    "prompts": "bullets",
    "points": "bullets",
    "rounding_off_questions": "rounding_off",
    "explain": "closing",
    "title": "theme",
    "name": "theme",
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_NUMBERED = re.compile(r"(?P<stem>[a-z_]+?)s?_?(?P<number>\d)")
_CARD = frozenset({"describe", "bullets", "closing"})
_PLAIN: dict[str, Any] = {"integer": 1, "number": 1, "boolean": False, "null": None}


def fill(schema: Mapping[str, Any], item: Mapping[str, Any]) -> Any:
    """Build a value for the schema from the item."""
    return _value(schema, item, item, schema)


def _value(
    node: Mapping[str, Any], source: Any, around: Mapping[str, Any], root: Mapping[str, Any]
) -> Any:
    """Build a node's value: `source` is what the item has for it, `around` the object it is in."""
    node = resolve(node, root) or {}
    if allowed := node.get("enum", [node["const"]] if "const" in node else None):
        return source if source in allowed else allowed[0]
    if "anyOf" in node:
        return _option(node["anyOf"], source, around, root)
    kind = node.get("type")
    if isinstance(kind, list):
        kind = "null" if source is None and "null" in kind else kind[0]
    if kind == "object":
        return _object(node, source, around, root)
    if kind == "array":
        elements = source if isinstance(source, list) else [source]
        return [_value(node.get("items", {}), element, around, root) for element in elements]
    return _scalar(kind, source, around)


def _scalar(kind: str | None, source: Any, around: Mapping[str, Any]) -> Any:
    if kind == "string":
        return source if isinstance(source, str) else str(around.get("topic", ""))
    if kind in ("integer", "number") and type(source) is int:
        return source
    return _PLAIN.get(kind or "")


def _option(
    options: list[Mapping[str, Any]],
    source: Any,
    around: Mapping[str, Any],
    root: Mapping[str, Any],
) -> Any:
    real = [option for option in options if option.get("type") != "null"]
    if not real or (source is None and len(real) < len(options)):
        return None
    return _value(real[0], source, around, root)


def _object(
    node: Mapping[str, Any], source: Any, around: Mapping[str, Any], root: Mapping[str, Any]
) -> dict[str, Any]:
    properties: Mapping[str, Any] = node.get("properties", {})
    if isinstance(source, str):  # a question wanted as an object: its text, and nothing else
        texts = iter([source])
        return {
            name: next(texts, "")
            if child.get("type") == "string"
            else _value(child, None, {}, root)
            for name, child in properties.items()
        }
    inner = source if isinstance(source, dict) else around
    return {
        name: _value(child, _named(name, inner), inner, root) for name, child in properties.items()
    }


def _named(name: str, item: Mapping[str, Any]) -> Any:
    """Find what an item has under a property's name, its alias, or a number ("question_2")."""
    wanted = _ALIASES.get(name, name)
    if wanted in item:
        return item[wanted]
    if wanted == "cue_card" and item.keys() >= _CARD:
        return {key: item[key] for key in _CARD}
    if wanted in _CARD and isinstance(item.get("cue_card"), dict):
        return item["cue_card"].get(wanted)
    numbered = _NUMBERED.fullmatch(name)
    stem, number = (numbered["stem"], int(numbered["number"])) if numbered else (name, 0)
    for word, ordinal in _ORDINALS.items():
        if name.startswith(f"{word}_"):
            stem, number = name.removeprefix(f"{word}_"), ordinal
    series = item.get(f"{stem}s", item.get(stem))
    if number and isinstance(series, list) and number <= len(series):
        return series[number - 1]
    return None
