"""The key, the issuer and the tokens of a developer's machine."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.request import urlopen

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from shared.identity.errors import Reason
from shared.identity.principal import Principal
from shared.identity.settings import IdentitySettings
from shared.identity.verifier import TokenVerifier
from tests.support.verdicts import reason_of
from tools import local_issuer
from tools.local_issuer import AUDIENCE, ISSUER, public_jwk, serve, signing_key
from tools.mint_token import mint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / ".local" / "signing-key.pem"
    monkeypatch.setattr(local_issuer, "KEY_FILE", path)
    return path


@pytest.fixture
def address(key_file: Path) -> Iterator[str]:
    del key_file
    server, url = serve(0)
    yield url
    server.shutdown()
    server.server_close()


@pytest.fixture
def verifier(address: str) -> TokenVerifier:
    return TokenVerifier(
        IdentitySettings(
            issuer=ISSUER, audiences=frozenset({AUDIENCE}), jwks_url=f"{address}/jwks.json"
        )
    )


def test_the_key_is_made_once_and_readable_by_its_owner_only(key_file: Path) -> None:
    made = public_jwk(signing_key())
    assert public_jwk(signing_key()) == made
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(key_file.parent.stat().st_mode) == 0o700
    assert [file.name for file in key_file.parent.iterdir()] == ["signing-key.pem"]


def public_pem_of(path: Path) -> bytes:
    public = signing_key(path).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def test_all_who_start_at_once_end_up_with_one_key(key_file: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(public_pem_of, [key_file] * 4))
    assert len(keys) == 1
    assert [file.name for file in key_file.parent.iterdir()] == ["signing-key.pem"]


async def test_a_minted_token_passes_the_same_verification(verifier: TokenVerifier) -> None:
    token = mint(["admin", "examiner"], subject="alice")
    assert await verifier.verify(token) == Principal("alice", frozenset({"admin", "examiner"}))


async def test_a_minted_token_expires(verifier: TokenVerifier) -> None:
    assert await reason_of(verifier, mint(["admin"], minutes=-1)) is Reason.EXPIRED


def test_the_issuer_keeps_its_name_whatever_port_serves_its_keys(address: str) -> None:
    with urlopen(f"{address}/.well-known/openid-configuration", timeout=10) as answer:
        description = json.load(answer)
    assert description == {"issuer": ISSUER, "jwks_uri": f"{address}/jwks.json"}


def test_it_serves_the_public_half_of_the_key_only(address: str) -> None:
    with urlopen(f"{address}/jwks.json", timeout=10) as answer:
        (jwk,) = json.load(answer)["keys"]
    assert jwk.keys() == {"kty", "n", "e", "kid", "use", "alg"}


def test_the_command_prints_the_token_alone_on_standard_output() -> None:
    command = [sys.executable, "-m", "tools.mint_token", "--role", "admin", "--minutes", "5"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 1
    assert done.stdout.count(".") == 2
    assert "admin" in done.stderr


def test_the_clock_of_a_minted_token_is_the_real_one() -> None:
    claims = jwt.decode(mint(["admin"], minutes=5), options={"verify_signature": False})
    assert abs(claims["exp"] - claims["iat"] - 300) <= 1
    assert abs(claims["iat"] - time.time()) < 10
