"""JSON schemas of the models as they travel: what may be sent, and what is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import TypeAdapter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shared.http.declaration import Declaration

Schema = dict[str, Any]
Role = Literal["input", "output", "meta"]

_REFERENCE = "#/components/schemas/{model}"
_NULL = {"type": "null"}


class Schemas:
    """The schemas of all declarations.

    Attributes:
        components: named schemas, to which the others refer.

    """

    def __init__(self, declarations: Iterable[Declaration]) -> None:
        models: dict[tuple[str, Role], Any] = {}
        for declaration in declarations:
            models[declaration.name, "input"] = declaration.input
            models[declaration.name, "output"] = declaration.output
            models[declaration.name, "meta"] = declaration.meta
        # Also answers in "validation" mode: in the other, every field with a default would be
        # required, and the envelope leaves out what is None.
        schemas, definitions = TypeAdapter.json_schemas(
            [(key, "validation", TypeAdapter(model)) for key, model in models.items() if model],
            ref_template=_REFERENCE,
        )
        self._schemas: dict[tuple[str, Role], Schema] = {
            key: schema for (key, _), schema in schemas.items()
        }
        self.components: dict[str, Schema] = definitions.get("$defs", {})
        inputs = self._reached(role="input")
        for name, component in self.components.items():
            _tidy(component, answered=name not in inputs)
        for schema in self._schemas.values():
            schema.pop("discriminator", None)  # for strings only; `const` tells them apart

    def of(self, declaration: Declaration, role: Role) -> Schema:
        """The schema of a declaration's input, output or meta: mostly a reference."""
        return self._schemas[declaration.name, role]

    def fields(self, declaration: Declaration) -> tuple[dict[str, Schema], list[str]]:
        """The input's fields by name, and the names of the required ones."""
        model = self.components[_name(self.of(declaration, "input"))]
        return model["properties"], model.get("required", [])

    def _reached(self, *, role: Role) -> set[str]:
        """Names of the components that schemas of this role refer to."""
        waiting: list[Any] = [schema for (_, of), schema in self._schemas.items() if of == role]
        reached: set[str] = set()
        while waiting:
            node = waiting.pop()
            if isinstance(node, dict):
                if "$ref" in node and (name := _name(node)) not in reached:
                    reached.add(name)
                    waiting.append(self.components[name])
                waiting.extend(node.values())
            elif isinstance(node, list):
                waiting.extend(node)
        return reached


def without_null(schema: Schema) -> Schema:
    """The schema of a field that is left out where it is None."""
    options = [option for option in schema.get("anyOf", ()) if option != _NULL]
    rest = {
        name: value
        for name, value in schema.items()
        if name != "anyOf" and not (name == "default" and value is None)
    }
    if not options:
        return rest
    return {**options[0], **rest} if len(options) == 1 else {"anyOf": options, **rest}


def _tidy(component: Schema, *, answered: bool) -> None:
    """Drop generated titles; in an answer, say what is always there and never null."""
    component.pop("title", None)
    fields: dict[str, Schema] = component.get("properties", {})
    for field in fields.values():
        field.pop("title", None)
    if answered and fields:
        required = component.get("required", ())
        component["required"] = [
            name
            for name, field in fields.items()
            if "const" in field or (name in required and _NULL not in field.get("anyOf", ()))
        ]
        component["properties"] = {
            name: {key: value for key, value in without_null(field).items() if key != "default"}
            for name, field in fields.items()
        }


def _name(reference: Schema) -> str:
    return str(reference["$ref"]).rpartition("/")[2]
