"""Managed identity: the real azure-identity against a loopback App Service identity endpoint."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from azure.core.credentials import AccessToken
from typing_extensions import override

from shared.azure_openai.deployment import Condition
from shared.azure_openai.identity import NoTokenError, TokenSource
from shared.deadline import Deadline
from shared.generation.ports import ModelUnavailable
from tests.support.stand_in import StandIn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shared.azure_openai.model import AzureQuestionModel
    from shared.generation.ports import Task
    from tests.azure_openai.conftest import MakeBackend, MakeModel

HEADER = "identity-header"
SCOPE = "https://cognitiveservices.azure.com/.default"


class IdentityEndpoint(ThreadingHTTPServer):
    """Hands out tokens "token-1", "token-2", ... as App Service and Functions do."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.status = 200
        self.lifetime = 3600
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/msi/token"


class _Handler(BaseHTTPRequestHandler):
    server: IdentityEndpoint

    def do_GET(self) -> None:
        resource = parse_qs(urlsplit(self.path).query)["resource"][0]
        allowed = self.headers["X-IDENTITY-HEADER"] == HEADER
        self.server.asked.append(resource)
        body = {
            "access_token": f"token-{len(self.server.asked)}",
            "expires_on": str(int(time.time()) + self.server.lifetime),
            "resource": resource,
            "token_type": "Bearer",
        }
        status = self.server.status if allowed else 403
        content = json.dumps(body if status == 200 else {"error": "no identity"}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[IdentityEndpoint]:
    with IdentityEndpoint() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        monkeypatch.setenv("IDENTITY_ENDPOINT", server.url)
        monkeypatch.setenv("IDENTITY_HEADER", HEADER)
        # Only the managed identity: developer tools on the machine must not answer for it.
        monkeypatch.setenv("AZURE_TOKEN_CREDENTIALS", "ManagedIdentityCredential")
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with StandIn(keys=["token-1", "token-2"]) as server:
        yield server


@pytest.fixture
def model_of(make_model: MakeModel, make_backend: MakeBackend) -> Callable[..., AzureQuestionModel]:
    """A model over a keyless backend, with time enough to import azure.identity."""
    return lambda **changes: make_model(make_backend(api_key=None, **changes), attempt_seconds=10)


@pytest.mark.parametrize("api_version", [None, "2024-10-21"])
async def test_requests_without_a_key_carry_the_identitys_token(
    api_version: str | None,
    endpoint: IdentityEndpoint,
    model_of: Callable[..., AzureQuestionModel],
    stand_in: StandIn,
    task: Task,
) -> None:
    model = model_of(api_version=api_version)
    for _ in range(3):
        await model.answer(task, Deadline(20))
    sent = [request.headers["authorization"] for request in stand_in.requests]
    assert sent == ["Bearer token-1"] * 3
    assert endpoint.asked == ["https://cognitiveservices.azure.com"]


async def test_the_scope_is_a_setting(
    endpoint: IdentityEndpoint, make_model: MakeModel, make_backend: MakeBackend, task: Task
) -> None:
    scope = "https://ai.azure.com/.default"
    model = make_model(make_backend(api_key=None), attempt_seconds=10, token_scope=scope)
    await model.answer(task, Deadline(20))
    assert endpoint.asked == ["https://ai.azure.com"]


async def test_an_identity_without_a_token_sets_the_deployment_aside(
    endpoint: IdentityEndpoint, model_of: Callable[..., AzureQuestionModel], task: Task
) -> None:
    endpoint.status = 400
    model = model_of()
    with pytest.raises(ModelUnavailable, match="no_token"):
        await model.answer(task, Deadline(20))
    assert model.states()[0].condition is Condition.MISCONFIGURED


class Clock:
    """A clock that is moved by hand."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Credential:
    """A credential at the protocol's edge: counts, waits, fails as told."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.asked = 0
        self.failing = False
        self.gate = asyncio.Event()
        self.gate.set()

    async def get_token(self, *scopes: str) -> AccessToken:
        assert scopes == (SCOPE,)
        self.asked += 1
        number = self.asked
        await self.gate.wait()
        if self.failing:
            raise OSError
        return AccessToken(f"token-{number}", int(self.clock.now) + 3600)

    async def close(self) -> None:
        self.gate.clear()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def credential(clock: Clock) -> Credential:
    return Credential(clock)


@pytest.fixture
def tokens(credential: Credential, clock: Clock) -> TokenSource:
    return TokenSource(SCOPE, lambda: credential, clock)


async def test_however_many_ask_one_refresh_runs(
    tokens: TokenSource, credential: Credential
) -> None:
    got = await asyncio.gather(*(tokens.token() for _ in range(50)))
    assert set(got) == {"token-1"}
    assert credential.asked == 1


async def test_a_request_during_the_warm_up_makes_no_credential_of_its_own(
    credential: Credential, clock: Clock
) -> None:
    made: list[Credential] = []

    def make() -> Credential:
        time.sleep(0.05)  # as importing it takes its time
        made.append(credential)
        return credential

    tokens = TokenSource(SCOPE, make, clock)
    await asyncio.gather(tokens.warm_up(), tokens.token())

    assert made == [credential]
    assert credential.asked == 1


async def test_nobody_waits_for_a_refresh_while_the_token_still_holds(
    tokens: TokenSource, credential: Credential, clock: Clock
) -> None:
    await tokens.token()
    clock.now += 3400
    credential.gate.clear()
    assert await tokens.token() == "token-1"
    await asyncio.sleep(0)
    credential.gate.set()
    await asyncio.sleep(0.01)
    assert await tokens.token() == "token-2"


async def test_a_failed_refresh_leaves_the_token_in_use_and_is_not_repeated_at_once(
    tokens: TokenSource, credential: Credential, clock: Clock
) -> None:
    await tokens.token()
    clock.now += 3400
    credential.failing = True
    for _ in range(5):
        assert await tokens.token() == "token-1"
        await asyncio.sleep(0.001)
    assert credential.asked == 2
    clock.now += 31
    await tokens.token()
    await asyncio.sleep(0.001)
    assert credential.asked == 3


async def test_an_expired_token_is_never_handed_out(
    tokens: TokenSource, credential: Credential, clock: Clock
) -> None:
    await tokens.token()
    clock.now += 3601
    credential.failing = True
    with pytest.raises(NoTokenError):
        await tokens.token()
    credential.failing = False
    assert await tokens.token() == "token-3"


async def test_a_caller_that_gives_up_does_not_take_the_refresh_from_the_others(
    tokens: TokenSource, credential: Credential
) -> None:
    credential.gate.clear()
    impatient = asyncio.create_task(tokens.token())
    patient = asyncio.create_task(tokens.token())
    await asyncio.sleep(0.02)
    impatient.cancel()
    await asyncio.sleep(0)
    credential.gate.set()
    assert await patient == "token-1"


async def test_closing_ends_a_refresh_under_way(
    tokens: TokenSource, credential: Credential
) -> None:
    credential.gate.clear()
    waiting = asyncio.create_task(tokens.token())
    await asyncio.sleep(0.02)
    await tokens.aclose()
    with pytest.raises(asyncio.CancelledError):
        await waiting
