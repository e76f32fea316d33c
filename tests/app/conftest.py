from __future__ import annotations

import os
import shutil
import time
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

import pytest

from tests.app.service import Service
from tests.support.issuer import AUDIENCE, Clock, Issuer, running_issuer
from tests.support.running_app import HOST_KINDS, PATIENT, REPOSITORY, HostKind, running_app
from tests.support.stand_in import DEPLOYMENT, KEY, StandIn
from tools.mint_token import mint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

BASE_URL = os.environ.get("BASE_URL", "")
"""Where the app runs that `make smoke` looks at; empty to start our own."""

WIDE_LIMITS = {
    "RATE_LIMIT_GENERATION": "1000000/minute",
    "RATE_LIMIT_READING": "1000000/minute",
    "DAILY_QUOTA_CANDIDATE": "1000000",
}
"""One candidate asks everything in these tests."""

DEPLOYED = ("function_app.py", "host.json", "shared", "web")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "client")


@pytest.fixture(scope="session")
def app_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is deployed and nothing else, so that no `.env` of a developer takes part."""
    folder = tmp_path_factory.mktemp("app")
    for name in DEPLOYED:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=LEFT_OUT)
        else:
            shutil.copyfile(source, folder / name)
    return folder


@pytest.fixture(scope="session")
def issuer() -> Iterator[Issuer]:
    yield from running_issuer(Clock(time.time()))


@pytest.fixture(scope="session")
def start(app_folder: Path, issuer: Issuer) -> Callable[..., AbstractContextManager[Service]]:
    """Start the app on a host kind, with further settings.

    Each token is somebody else's, so that no test meets the history of another.
    """
    people = count(1)

    def token_for(*roles: str) -> str:
        return issuer.mint(roles=list(roles), sub=f"someone-{next(people)}")

    @contextmanager
    def start_service(kind: HostKind, **env: str) -> Iterator[Service]:
        settings = {
            "AUTH_ISSUER": issuer.url,
            "AUTH_AUDIENCE": AUDIENCE,
            "DATABASE_TIMEOUT_SECONDS": "5",  # the machine that tests may be a busy one
            **WIDE_LIMITS,
            **env,
        }
        with running_app(app_folder, kind, settings) as app:
            yield Service(app.base_url, token_for, app.logs)

    return start_service


@pytest.fixture(scope="session", params=["remote"] if BASE_URL else HOST_KINDS)
def service(
    request: pytest.FixtureRequest, start: Callable[..., AbstractContextManager[Service]]
) -> Iterator[Service]:
    """The app as it answers from the bank: on each kind of host, or at BASE_URL."""
    if request.param == "remote":
        token = os.environ.get("TOKEN")
        yield Service(
            BASE_URL.rstrip("/"), lambda *roles: token or mint(roles), lambda: "", limited=True
        )
        return
    with start(request.param) as service:
        yield service


@pytest.fixture(scope="session")
def stand_in() -> Iterator[StandIn]:
    with StandIn() as stand_in:
        yield stand_in


@pytest.fixture(scope="session", params=HOST_KINDS)
def service_with_model(
    request: pytest.FixtureRequest,
    start: Callable[..., AbstractContextManager[Service]],
    stand_in: StandIn,
) -> Iterator[Service]:
    """The app with the stand-in as its Azure OpenAI."""
    with start(
        request.param,
        AZURE_OPENAI_ENDPOINT=stand_in.url,
        AZURE_OPENAI_DEPLOYMENT=DEPLOYMENT,
        AZURE_OPENAI_API_KEY=KEY,
        GENERATION_DEADLINE_SECONDS=PATIENT,
    ) as service:
        yield service
