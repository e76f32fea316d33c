from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pathspec import GitIgnoreSpec

from tests.support.issuer import AUDIENCE, Clock, Issuer, running_issuer
from tests.support.stand_in import DEPLOYMENT, KEY, StandIn

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is deployed: the working folder without what .funcignore names."""
    ignored = GitIgnoreSpec.from_lines((REPOSITORY / ".funcignore").read_text().splitlines())
    folder = tmp_path_factory.mktemp("package")

    def is_ignored(path: Path) -> bool:
        slash = "/" if (REPOSITORY / path).is_dir() else ""
        return ignored.match_file(f"{path}{slash}")

    def left_out(directory: str, names: list[str]) -> list[str]:
        """Whole folders at once: virtual environments are large."""
        here = Path(directory).relative_to(REPOSITORY)
        return [name for name in names if is_ignored(here / name)]

    shutil.copytree(REPOSITORY, folder, ignore=left_out, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def issuer() -> Iterator[Issuer]:
    yield from running_issuer(Clock(time.time()))


@pytest.fixture(scope="session")
def token(issuer: Issuer) -> str:
    return issuer.mint(roles=["candidate"])


@pytest.fixture(scope="session")
def surroundings(
    issuer: Issuer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """The environment of an app that has an issuer, a model and a database."""
    database = tmp_path_factory.mktemp("database") / "memory.sqlite3"
    with StandIn() as stand_in:
        yield {
            "PATH": "/usr/bin:/bin",
            "AUTH_ISSUER": issuer.url,
            "AUTH_AUDIENCE": AUDIENCE,
            "AZURE_OPENAI_ENDPOINT": stand_in.url,
            "AZURE_OPENAI_DEPLOYMENT": DEPLOYMENT,
            "AZURE_OPENAI_API_KEY": KEY,
            "DATABASE_URL": f"sqlite:///{database}",
            "SUBJECT_KEY": "key",  # else the app would make one, in its folder
        }
