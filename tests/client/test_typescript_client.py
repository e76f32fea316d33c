"""The TypeScript client is generated from the description, and type-checks."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support.running_app import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

CLIENT = REPOSITORY / "web" / "client"


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """A copy of the client beside a copy of the description."""
    if not (CLIENT / "node_modules").is_dir():
        pytest.fail("the client's tools are not installed: run `npm ci` in web/client")
    folder = tmp_path / "web" / "client"
    shutil.copytree(CLIENT, folder, ignore=shutil.ignore_patterns("node_modules"))
    (folder / "node_modules").symlink_to(CLIENT / "node_modules")
    (tmp_path / "docs").mkdir()
    shutil.copyfile(REPOSITORY / "docs" / "openapi.json", tmp_path / "docs" / "openapi.json")
    return folder


def run(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    npm = shutil.which("npm")
    if npm is None:
        pytest.fail("the TypeScript client is checked with npm: install Node.js 20 or newer")
    return subprocess.run(
        [npm, "run", "--silent", script], cwd=folder, capture_output=True, text=True, check=False
    )


def test_its_types_are_those_of_the_description(client: Path) -> None:
    kept = (client / "src" / "schema.d.ts").read_text("utf-8")

    generated = run(client, "generate")

    assert generated.returncode == 0, generated.stderr
    assert (client / "src" / "schema.d.ts").read_text("utf-8") == kept


def test_it_and_its_examples_type_check(client: Path) -> None:
    checked = run(client, "check")

    assert checked.returncode == 0, checked.stdout


def test_a_wrong_use_does_not_type_check(client: Path) -> None:
    usage = client / "examples" / "usage.ts"
    usage.write_text(usage.read_text("utf-8").replace("part: 2, topic", 'part: "2", topic'))

    assert "examples/usage.ts" in run(client, "check").stdout
