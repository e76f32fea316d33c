from __future__ import annotations

import textwrap
from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol

import httpx2
import pytest

from tests.support.running_app import HOST_KINDS, HostKind, RunningApp, running_app

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_HEAD = """
import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)
"""


class Serve(Protocol):
    def __call__(
        self,
        functions: str,
        files: Mapping[str, str] | None = None,
        env: Mapping[str, str] | None = None,
    ) -> RunningApp: ...


@pytest.fixture(scope="module", params=HOST_KINDS)
def host_kind(request: pytest.FixtureRequest) -> HostKind:
    kind: HostKind = request.param
    return kind


@pytest.fixture(scope="module")
def serve(host_kind: HostKind, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Serves function apps given as source, each in a process of its own, until the module ends."""
    with ExitStack() as running:

        def start(
            functions: str,
            files: Mapping[str, str] | None = None,
            env: Mapping[str, str] | None = None,
        ) -> RunningApp:
            folder = write_app(tmp_path_factory.mktemp("app"), functions, files or {})
            return running.enter_context(running_app(folder, host_kind, env))

        yield start


@pytest.fixture(scope="module")
def http() -> Iterator[httpx2.Client]:
    with httpx2.Client(timeout=10) as client:
        yield client


def write_app(folder: Path, functions: str, files: Mapping[str, str]) -> Path:
    """Write function_app.py with these functions, and further files by name."""
    (folder / "function_app.py").write_text(_HEAD + textwrap.dedent(functions), encoding="utf-8")
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder
