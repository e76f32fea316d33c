"""The Bicep files of infra/, parsed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pycep import BicepParser

if TYPE_CHECKING:
    from collections.abc import Iterator

INFRA = Path(__file__).resolve().parents[2] / "infra"
FILES = sorted(INFRA.rglob("*.bicep"))

_PARSER = BicepParser()


def parse(file: Path) -> dict[str, Any]:
    """The file's parameters, variables, resources, modules and outputs."""
    return dict(_PARSER.parse(text=file.read_text(encoding="utf-8")))


def app_settings() -> dict[str, Any]:
    """Every app setting of the function app, those of the platform included, by name."""
    app = parse(INFRA / "modules" / "app.bicep")["resources"]["app__appSettings"]["config"]
    main = parse(INFRA / "main.bicep")["modules"]["app"]["config"]["params"]
    return {**_first_of_union(app["properties"]), **_first_of_union(main["settings"])}


def values_of(tree: Any, key: str) -> Iterator[Any]:
    """Every value under that key, however deep."""
    if isinstance(tree, dict):
        for name, value in tree.items():
            if name == key:
                yield value
            yield from values_of(value, key)
    elif isinstance(tree, list):
        for value in tree:
            yield from values_of(value, key)


def _first_of_union(call: dict[str, Any]) -> dict[str, Any]:
    first: dict[str, Any] = call["function"]["parameters"]["arg_1"]
    return first
