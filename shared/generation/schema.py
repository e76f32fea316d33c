"""The strict subset of JSON schema that structured outputs accept, from a pydantic model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel

_KEPT = ("type", "enum", "const")
"""Lengths and counts are not part of the subset: the rules check them afterwards."""


def strict_schema(model: type[BaseModel], *, omit: Sequence[str] = ()) -> dict[str, Any]:
    """The model's schema with every property required and nothing else allowed.

    Args:
        model: built of objects, arrays and strings.
        omit: top-level properties that we fill in ourselves.

    """
    schema = model.model_json_schema()
    strict = _strict(schema, schema.get("$defs", {}))
    strict["properties"] = {k: v for k, v in strict["properties"].items() if k not in omit}
    strict["required"] = list(strict["properties"])
    return strict


def _strict(node: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in node:
        return _strict(definitions[node["$ref"].rpartition("/")[2]], definitions)
    kept = {key: node[key] for key in _KEPT if key in node}
    if "items" in node:
        kept["items"] = _strict(node["items"], definitions)
    if "properties" in node:
        kept["properties"] = {
            name: _strict(child, definitions) for name, child in node["properties"].items()
        }
        kept["required"] = list(kept["properties"])
        kept["additionalProperties"] = False
    return kept
