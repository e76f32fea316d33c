"""A provider that is not ours (npm's oauth2-mock-server) works by the same settings."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from shared.identity.errors import Reason
from shared.identity.principal import Principal
from shared.identity.settings import IdentitySettings
from shared.identity.verifier import TokenVerifier
from tests.support.verdicts import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
AUDIENCE = "api://questions"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The issuer of a running provider."""
    node = shutil.which("node")
    if node is None:
        pytest.fail("this test runs a provider written in JavaScript: install Node.js 20.19+")
    if not (HERE / "node_modules").is_dir():
        pytest.fail("the provider is not installed: run `npm ci` in tests/identity/oidc_provider")
    with subprocess.Popen(
        [node, "serve.js"], cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.stdin.close()


@pytest.fixture
def verifier(provider: str) -> TokenVerifier:
    return TokenVerifier(IdentitySettings(issuer=provider, audiences=frozenset({AUDIENCE})))


def token_from(provider: str, **claims: Any) -> str:
    form = {"grant_type": "client_credentials", "claims": json.dumps(claims)}
    with urlopen(f"{provider}/token", data=urlencode(form).encode(), timeout=10) as answer:
        token: str = json.load(answer)["access_token"]
    return token


async def test_its_token_is_accepted_with_keys_found_by_discovery(
    provider: str, verifier: TokenVerifier
) -> None:
    token = token_from(provider, aud=AUDIENCE, sub="alice", roles=["examiner"])
    assert await verifier.verify(token) == Principal("alice", frozenset({"examiner"}))


async def test_its_token_for_another_audience_is_refused(
    provider: str, verifier: TokenVerifier
) -> None:
    token = token_from(provider, aud="api://other", sub="alice", roles=["admin"])
    assert await reason_of(verifier, token) is Reason.WRONG_AUDIENCE


async def test_its_expired_token_is_refused(provider: str, verifier: TokenVerifier) -> None:
    token = token_from(provider, aud=AUDIENCE, sub="alice", roles=["admin"], exp=1)
    assert await reason_of(verifier, token) is Reason.EXPIRED


async def test_its_token_with_a_changed_payload_is_refused(
    provider: str, verifier: TokenVerifier
) -> None:
    header, _, signature = token_from(provider, aud=AUDIENCE, sub="alice", roles=[]).split(".")
    _, payload, _ = token_from(provider, aud=AUDIENCE, sub="alice", roles=["admin"]).split(".")
    token = f"{header}.{payload}.{signature}"
    assert await reason_of(verifier, token) is Reason.INVALID_SIGNATURE
