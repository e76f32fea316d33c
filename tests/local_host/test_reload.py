"""A new process for every change of the app, with --reload."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pytest

from tests.local_host.conftest import write_app
from tests.support.running_app import RunningApp, running_app
from tools.local_host.reload import is_source

if TYPE_CHECKING:
    from collections.abc import Iterator

FUNCTIONS = """
    from words import WORD

    @app.route("word")
    async def word(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(WORD)
"""


@pytest.fixture
def app(tmp_path: Path) -> Iterator[RunningApp]:
    folder = write_app(tmp_path, FUNCTIONS, {"words.py": "WORD = 'first'"})
    with running_app(folder, "local", options=["--reload"]) as app:
        yield app


def becomes(http: httpx2.Client, app: RunningApp, word: str | None) -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if answer(http, app) == word:
            return True
        time.sleep(0.05)
    return False


def answer(http: httpx2.Client, app: RunningApp) -> str | None:
    try:
        return http.get(f"{app.base_url}/api/word").text
    except httpx2.TransportError:
        return None


def test_a_change_is_served_without_a_restart_by_hand(http: httpx2.Client, app: RunningApp) -> None:
    assert becomes(http, app, "first")
    (app.folder / "words.py").write_text("WORD = 'second time'", encoding="utf-8")
    assert becomes(http, app, "second time")


def test_a_mistake_can_be_mended(http: httpx2.Client, app: RunningApp) -> None:
    (app.folder / "words.py").write_text("WORD =", encoding="utf-8")
    assert becomes(http, app, None)
    (app.folder / "words.py").write_text("WORD = 'mended'", encoding="utf-8")
    assert becomes(http, app, "mended")


def test_the_serving_process_ends_with_the_one_that_watches(
    http: httpx2.Client, app: RunningApp
) -> None:
    app.process.terminate()
    app.process.wait(10)
    assert answer(http, app) is None


@pytest.mark.parametrize("path", ["function_app.py", "shared/bank/topics.json", ".env", "dev.env"])
def test_source_data_and_settings_matter(path: str) -> None:
    assert is_source(Path("/app"), Path("/app", path))


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "tests/test_x.py",
        ".venv-3.13/lib/x.py",
        "shared/__pycache__/x.py",
        ".git/config.json",
    ],
)
def test_other_files_do_not_matter(path: str) -> None:
    assert not is_source(Path("/app"), Path("/app", path))
