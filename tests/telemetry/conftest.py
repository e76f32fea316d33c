from __future__ import annotations

import shutil
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.app.service import Service
from tests.support.ingestion import Ingestion
from tests.support.issuer import AUDIENCE, Clock, Issuer, running_issuer
from tests.support.running_app import REPOSITORY, HostKind, running_app
from tests.support.stand_in import DEPLOYMENT, KEY, StandIn
from tests.telemetry.starting import OWN, Start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FAILING_ENDPOINT = '''

@api.endpoint("boom", public=True)
async def boom(call: Call) -> Reply:
    """Fails, in words that the caller sent."""
    words = call.request.headers["X-Words"]
    try:
        raise KeyError(words)
    except KeyError as error:
        raise RuntimeError(words) from error
'''


@pytest.fixture(scope="session")
def app_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is deployed, and an endpoint that fails as nobody foresaw."""
    folder = tmp_path_factory.mktemp("app")
    shutil.copyfile(REPOSITORY / "host.json", folder / "host.json")
    shutil.copytree(
        REPOSITORY / "shared", folder / "shared", ignore=shutil.ignore_patterns("__pycache__")
    )
    source = (REPOSITORY / "function_app.py").read_text()
    (folder / "function_app.py").write_text(source + FAILING_ENDPOINT)
    return folder


@pytest.fixture(scope="session")
def issuer() -> Iterator[Issuer]:
    yield from running_issuer(Clock(time.time()))


@pytest.fixture(scope="session")
def stand_in() -> Iterator[StandIn]:
    with StandIn() as stand_in:
        yield stand_in


@pytest.fixture
def ingestion() -> Iterator[Ingestion]:
    with Ingestion() as ingestion:
        yield ingestion


@pytest.fixture(scope="session")
def start(
    app_folder: Path, issuer: Issuer, stand_in: StandIn, tmp_path_factory: pytest.TempPathFactory
) -> Start:
    """Start the app with the stand-in as its model, and with further settings."""

    @contextmanager
    def start_service(kind: HostKind = "local", /, **env: str) -> Iterator[Service]:
        own = tmp_path_factory.mktemp("own")
        settings = {
            "AUTH_ISSUER": issuer.url,
            "AUTH_AUDIENCE": AUDIENCE,
            "AZURE_OPENAI_ENDPOINT": stand_in.url,
            "AZURE_OPENAI_DEPLOYMENT": DEPLOYMENT,
            "AZURE_OPENAI_API_KEY": KEY,
            # A memory of its own, so that no question counts as just asked.
            "DATABASE_URL": f"sqlite:///{own / 'store.sqlite3'}",
            "TMPDIR": str(own),
            **env,
        }
        with running_app(app_folder, kind, settings) as app:
            yield Service(app.base_url, lambda *roles: issuer.mint(roles=list(roles)), app.logs)

    return start_service


@pytest.fixture
def exporting(start: Start, ingestion: Ingestion) -> Iterator[Service]:
    """The app, on the local host, exporting by its own configuration."""
    with start(**OWN.settings(ingestion.connection_string)) as service:
        yield service
