"""`import openai` without the half second that its types take.

The SDK imports the types of every API there is when it is imported, a good half of that import's
time. This service exchanges bytes with one endpoint and uses none of them. So the packages under
openai.types are executed when somebody first looks for something in them: nothing of the SDK is
replaced, and who wants a type gets it.
"""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING, Any

from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

_PACKAGE = "openai.types"


@contextmanager
def types_on_demand() -> Iterator[None]:
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
        if fullname != _PACKAGE and not fullname.startswith(f"{_PACKAGE}."):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None and spec.submodule_search_locations:
            spec.loader = _Later(spec.loader)
        return spec


class _Later(Loader):
    """Executes a package at the first look for a name in it that its submodules did not set.

    `importlib.util.LazyLoader` does not serve here: to import a submodule looks at the package.
    """

    def __init__(self, loader: Loader) -> None:
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
                    self._begun = True
                    self._loader.exec_module(module)
            try:
                return vars(module)[name]
            except KeyError:
                raise AttributeError(f"module {module.__name__!r} has no {name!r}") from None

        vars(module)["__getattr__"] = look_for
