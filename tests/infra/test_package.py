"""The deployed package holds all that the app needs, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.running_app import HOST_KINDS, HostKind

HERE = Path(__file__).parent
REQUIREMENTS = HERE.parents[1] / "requirements.txt"

TOP = {"function_app.py", "host.json", "requirements.txt", "shared", "web"}
SUFFIXES = {".py", ".pyc", ".json", ".txt", ".md", ".ini", ".mako"} | {
    *(".html", ".css", ".js", ".svg", ".png")
}


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interpreter with what Azure installs, and nothing else; uv keeps the wheels for later."""
    uv = Path(sys.executable).with_name("uv")
    environment = tmp_path_factory.mktemp("environment")
    python = environment / "bin" / "python"
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, environment], check=True)
    subprocess.run(
        [
            uv,
            "pip",
            "install",
            "--quiet",
            "--python",
            python,
            "--require-hashes",
            "-r",
            REQUIREMENTS,
        ],
        check=True,
    )
    return python


def test_nothing_but_the_app_is_in_it(package: Path) -> None:
    assert {entry.name for entry in package.iterdir()} - {"__pycache__"} == TOP


def test_it_holds_no_test_tool_or_secret(package: Path) -> None:
    files = [file.relative_to(package) for file in package.rglob("*") if file.is_file()]

    for file in files:
        assert file.suffix in SUFFIXES or file.name in {"LICENSE", "NOTICE"}, file
        assert not any(part.startswith((".", "test")) for part in file.parts), file
        assert file.name != "local.settings.json"


@pytest.mark.parametrize("kind", HOST_KINDS)
def test_it_answers_by_the_model_with_only_the_requirements_installed(
    package: Path, python: Path, kind: HostKind, surroundings: dict[str, str], token: str
) -> None:
    done = subprocess.run(
        [python, "-I", HERE / "ask_package.py", package, kind, token],
        cwd=package,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout.splitlines()[-1])
    assert answer["meta"]["source"] == "model", answer
