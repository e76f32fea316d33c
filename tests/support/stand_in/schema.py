"""The strict subset of JSON schema that structured outputs accept on Azure.

Source: "Structured outputs" in Microsoft's Azure OpenAI documentation: the types and anyOf, every
property required, additionalProperties false, at most 100 properties and 5 levels, no keyword
that bounds a string, number, array or object. OpenAI itself has since come to accept some of
these (minItems, pattern); a schema that keeps to this subset works on both.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_PROPERTIES = 100
MAX_LEVELS = 5

_TYPES = frozenset({"string", "number", "boolean", "integer", "object", "array", "null"})
_UNSUPPORTED = frozenset(
    {
        "minLength",
        "maxLength",
        "pattern",
        "format",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "patternProperties",
        "unevaluatedProperties",
        "propertyNames",
        "minProperties",
        "maxProperties",
        "unevaluatedItems",
        "prefixItems",
        "contains",
        "minContains",
        "maxContains",
        "minItems",
        "maxItems",
        "uniqueItems",
        "allOf",
        "oneOf",
        "not",
        "if",
        "then",
        "else",
        "dependentRequired",
        "dependentSchemas",
        "default",
    }
)


@dataclass(frozen=True, slots=True)
class SchemaFacts:
    """What the service wants to know of a schema.

    Attributes:
        problem: what leaves the strict subset, or None.
        names: all property names, at any depth, those in definitions included.

    """

    problem: str | None
    names: frozenset[str]


def facts_of(schema: Mapping[str, Any]) -> SchemaFacts:
    """Look a schema over; one seen before costs no more than its serialisation."""
    return _facts(json.dumps(schema))


@lru_cache(maxsize=256)
def _facts(text: str) -> SchemaFacts:
    schema = json.loads(text)
    return SchemaFacts(strict_problem(schema), frozenset(_property_names(schema)))


def strict_problem(schema: Mapping[str, Any]) -> str | None:
    """Say what in the schema leaves the strict subset, or None where nothing does."""
    if schema.get("type") != "object":
        return f"schema must be a JSON Schema of 'type: \"object\"', got {schema.get('type')!r}."
    problem = next(_problems(schema, schema, (), 1), None)
    if problem is None and _properties(schema) > MAX_PROPERTIES:
        return f"more than {MAX_PROPERTIES} properties."
    return problem


def _problems(node: Any, root: Mapping[str, Any], at: tuple[str, ...], level: int) -> Iterator[str]:
    if not isinstance(node, dict):
        yield f"In context={at}, schema must be an object."
        return
    for keyword in node:
        if keyword in _UNSUPPORTED:
            yield f"In context={at}, '{keyword}' is not permitted."
    if "$ref" in node:
        if resolve(node, root) is None:
            yield f"In context={at}, reference '{node['$ref']}' can not be resolved."
        return
    yield from _type_problems(node, at)
    yield from _child_problems(node, root, at, level)


def _child_problems(
    node: Mapping[str, Any], root: Mapping[str, Any], at: tuple[str, ...], level: int
) -> Iterator[str]:
    if node.get("type") == "object" or "properties" in node:
        yield from _object_problems(node, root, at, level)
    if "items" in node:
        yield from _problems(node["items"], root, (*at, "items"), level)
    for index, option in enumerate(node.get("anyOf", ())):
        yield from _problems(option, root, (*at, "anyOf", str(index)), level)
    if not at:
        for name, definition in _definitions(node).items():
            yield from _problems(definition, root, ("$defs", name), level)


def _type_problems(node: Mapping[str, Any], at: tuple[str, ...]) -> Iterator[str]:
    kinds = node.get("type")
    if kinds is None:
        if not node.keys() & {"anyOf", "enum", "const"}:
            yield f"In context={at}, schema must have a 'type' key."
    elif not set(kinds if isinstance(kinds, list) else [kinds]) <= _TYPES:
        yield f"In context={at}, {kinds!r} is not a valid type."
    if kinds == "array" and "items" not in node:
        yield f"In context={at}, array schema missing items."


def _object_problems(
    node: Mapping[str, Any], root: Mapping[str, Any], at: tuple[str, ...], level: int
) -> Iterator[str]:
    if node.get("additionalProperties") is not False:
        yield (
            f"In context={at}, 'additionalProperties' is required to be supplied and to be false."
        )
    properties = node.get("properties", {})
    missing = [name for name in properties if name not in node.get("required", ())]
    if missing:
        yield (
            f"In context={at}, 'required' is required to be supplied and to be an array including "
            f"every key in properties. Missing '{missing[0]}'."
        )
    if level > MAX_LEVELS:
        yield f"In context={at}, more than {MAX_LEVELS} levels of nesting."
        return
    for name, child in properties.items():
        yield from _problems(child, root, (*at, "properties", name), level + 1)


def _definitions(node: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = node.get("$defs") or node.get("definitions") or {}
    return found


def _properties(node: Any) -> int:
    if isinstance(node, list):
        return sum(map(_properties, node))
    if not isinstance(node, dict):
        return 0
    return len(node.get("properties", ())) + sum(map(_properties, node.values()))


def _property_names(node: Any) -> set[str]:
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    own = set(node.get("properties", ())) if isinstance(node, dict) else set()
    return own.union(*map(_property_names, children))


def resolve(node: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Follow a local `$ref`; a node without one is itself. None where the reference is dangling."""
    target: Any = node
    for _ in range(MAX_PROPERTIES):
        if not isinstance(target, dict):
            return None
        if "$ref" not in target:
            return target
        steps = str(target["$ref"]).removeprefix("#").strip("/").split("/")
        target = root
        for step in filter(None, steps):
            target = target.get(step) if isinstance(target, dict) else None
    return None
