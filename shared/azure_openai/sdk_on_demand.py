"""`import openai` without the half second that its types take.

The SDK imports the types of every API there is when it is imported, a good half of that import's
time. This service exchanges bytes with one endpoint and uses none of them. So who looks for a name
in one of the packages below gets it from the one module that the package would import it from;
only for a name without such a module is the whole package executed. Nothing of the SDK is replaced.
"""

from __future__ import annotations

import re
import sys
import threading
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import InspectLoader, Loader, MetaPathFinder
from importlib.machinery import PathFinder
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

_PACKAGES = ("openai.types.", "openai.lib.")


@contextmanager
def sdk_on_demand() -> Iterator[None]:
    """Import openai within this block; without effect where it is imported already."""
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Finder(MetaPathFinder):
    """Finds what Python would find, and has the packages among it loaded later."""

    @override
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not f"{fullname}.".startswith(_PACKAGES):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is None or not spec.submodule_search_locations:
            return spec
        if isinstance(spec.loader, InspectLoader):
            spec.loader = _Later(spec.loader)
        return spec


class _Later(Loader):
    """Executes a package at the first look for a name in it that no module of it has.

    `importlib.util.LazyLoader` does not serve here: to import a submodule looks at the package.
    """

    def __init__(self, loader: InspectLoader) -> None:
        self._loader = loader
        self._executing = threading.RLock()
        self._begun = False

    @override
    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    @override
    def exec_module(self, module: ModuleType) -> None:
        def look_for(name: str) -> Any:
            with self._executing:
                if not self._begun:
                    source = self._loader.get_source(module.__name__) or ""
                    found = _from_its_module(module.__name__, source, name)
                    if found is not None:
                        return vars(module).setdefault(name, found)
                    self._begun = True
                    self._loader.exec_module(module)
            try:
                return vars(module)[name]
            except KeyError:
                raise AttributeError(f"module {module.__name__!r} has no {name!r}") from None

        vars(module)["__getattr__"] = look_for


def _from_its_module(package: str, source: str, name: str) -> Any:
    """A submodule, or what the package's source imports under that name; None if neither."""
    if find_spec(f"{package}.{name}") is not None:
        return import_module(f"{package}.{name}")
    word = re.escape(name)
    line = re.search(
        rf"^from \.(\w+) import (?:\([^)]*\b|){word} as {word}\b", source, re.MULTILINE
    )
    return None if line is None else getattr(import_module(f"{package}.{line[1]}"), name)
