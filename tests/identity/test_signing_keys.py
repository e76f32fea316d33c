"""Which keys of the issuer are used, and what its answers may do."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from shared.identity.addresses import may_refer
from shared.identity.errors import KeysUnavailable, Reason
from shared.identity.verifier import TokenVerifier
from shared.tls import trust
from tests.support.issuer import DISCOVERY, JWKS, Answer, Clock, Issuer
from tests.support.keys import ec_key, private_jwk, public_jwk, rsa_key
from tests.support.tokens import sign
from tests.support.verdicts import accepts, reason_of

if TYPE_CHECKING:
    from pathlib import Path

    from shared.identity.settings import IdentitySettings

FIRST = rsa_key("first")


@pytest.fixture
def discovering(settings: IdentitySettings, clock: Clock) -> TokenVerifier:
    """A verifier that is told the issuer only."""
    return TokenVerifier(replace(settings, jwks_url=None), clock=clock)


UNUSABLE: dict[str, dict[str, Any]] = {
    "for encryption": public_jwk(FIRST, "first", use="enc"),
    "for signing only": public_jwk(FIRST, "first", key_ops=["sign"]),
    "for another algorithm": public_jwk(FIRST, "first", alg="RS512"),
    "without a name": public_jwk(FIRST, "first", kid=None),
    "with a number for a name": public_jwk(FIRST, "first", kid=1),
    "with its private half": private_jwk(FIRST, "first"),
    "too weak": public_jwk(rsa_key("weak", 1024), "first"),
    "of another kind": public_jwk(ec_key(), "first"),
    "symmetric": {"kty": "oct", "kid": "first", "k": "c2VjcmV0", "alg": "HS256"},
    "without a modulus": public_jwk(FIRST, "first", n=None),
    "with a modulus that is no base64": public_jwk(FIRST, "first", n="!!"),
    "with a modulus that is a number": public_jwk(FIRST, "first", n=5),
    "with an even exponent": public_jwk(FIRST, "first", e="Ag"),
}


@pytest.mark.parametrize("case", UNUSABLE)
async def test_an_unusable_key_is_left_out(
    case: str, issuer: Issuer, verifier: TokenVerifier
) -> None:
    issuer.keys = [UNUSABLE[case], public_jwk(rsa_key("second"), "second")]
    assert await accepts(verifier, issuer.mint("second"))
    assert await reason_of(verifier, issuer.mint("first")) is Reason.UNKNOWN_KEY


async def test_what_is_no_key_at_all_is_left_out(issuer: Issuer, verifier: TokenVerifier) -> None:
    issuer.scripted[JWKS] = Answer(json.dumps({"keys": ["first", None, *issuer.keys]}).encode())
    assert await accepts(verifier, issuer.mint())


async def test_a_key_published_without_use_and_algorithm_is_used(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    issuer.keys = [public_jwk(FIRST, "first", use=None, alg=None)]
    assert await accepts(verifier, issuer.mint())


async def test_the_first_of_two_keys_of_one_name_counts(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    issuer.keys.append(public_jwk(rsa_key("evil"), "first"))
    assert await accepts(verifier, issuer.mint())


BROKEN: dict[str, Answer] = {
    "an error": Answer(b"{}", 500),
    "not found": Answer(b"{}", 404),
    "no content": Answer(b"", 204),
    "a web page": Answer(b"<html></html>"),
    "nothing": Answer(b""),
    "a list": Answer(b"[]"),
    "no set of keys": Answer(b"{}"),
    "keys that are no list": Answer(b'{"keys": {"kid": "first"}}'),
    "keys that are no objects": Answer(b'{"keys": ["first", null, 1]}'),
    "a member twice": Answer(b'{"keys": [], "keys": []}'),
    "deep nesting": Answer(b"[" * 200_000),
    "too much": Answer(
        json.dumps({"keys": [public_jwk(FIRST, "first")]}).encode() + b" " * 300_000
    ),
    "a compressed body": Answer(b"\x1f\x8b\x08", headers={"Content-Encoding": "gzip"}),
}


@pytest.mark.parametrize("case", BROKEN)
async def test_a_broken_answer_means_that_keys_are_unavailable(
    case: str, issuer: Issuer, verifier: TokenVerifier
) -> None:
    issuer.scripted[JWKS] = BROKEN[case]
    with pytest.raises(KeysUnavailable) as caught:
        await verifier.verify(issuer.mint())
    assert caught.value.retry_after >= 1


async def test_an_issuer_without_a_key_has_nobody_s_token_accepted(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    issuer.keys = []
    assert await reason_of(verifier, issuer.mint()) is Reason.UNKNOWN_KEY


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "ftp://127.0.0.1", "http://x:port"])
async def test_a_proxy_that_cannot_be_used_means_that_keys_are_unavailable(
    proxy: str, issuer: Issuer, settings: IdentitySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    verifier = TokenVerifier(replace(settings, jwks_url="https://issuer.example/keys"))
    with pytest.raises(KeysUnavailable):
        await verifier.verify(issuer.mint())


async def test_trusted_certificates_that_are_missing_mean_that_keys_are_unavailable(
    issuer: Issuer, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "missing.pem"))
    trust.cache_clear()
    with pytest.raises(KeysUnavailable):
        await verifier.verify(issuer.mint())


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_is_not_followed(
    status: int, issuer: Issuer, verifier: TokenVerifier
) -> None:
    issuer.scripted[JWKS] = Answer(b"", status, {"Location": f"{issuer.url}/elsewhere"})
    with pytest.raises(KeysUnavailable):
        await verifier.verify(issuer.mint())
    assert issuer.fetched == [JWKS]


async def test_keys_are_found_by_discovery(issuer: Issuer, discovering: TokenVerifier) -> None:
    assert await accepts(discovering, issuer.mint())
    assert issuer.fetched == [DISCOVERY, JWKS]


DESCRIPTIONS: dict[str, dict[str, Any]] = {
    "of another issuer": {"issuer": "https://evil.example"},
    "without an issuer": {"issuer": None},
    "without the address of keys": {"jwks_uri": None},
    "with a list of addresses": {"jwks_uri": ["http://127.0.0.1/jwks.json"]},
    "with plain http elsewhere": {"jwks_uri": "http://evil.example/jwks.json"},
    "with a file": {"jwks_uri": "file:///etc/passwd"},
    "with credentials": {"jwks_uri": "https://user:secret@issuer.example/jwks.json"},
    "with a broken address": {"jwks_uri": "https://[::1/jwks.json"},
    "with a broken host": {"jwks_uri": "https://issuer..example/jwks.json"},
}


@pytest.mark.parametrize("case", DESCRIPTIONS)
async def test_a_description_that_cannot_be_trusted_gives_no_keys(
    case: str, issuer: Issuer, discovering: TokenVerifier
) -> None:
    issuer.description |= DESCRIPTIONS[case]
    with pytest.raises(KeysUnavailable):
        await discovering.verify(issuer.mint())
    assert issuer.fetched == [DISCOVERY]


async def test_an_issuer_that_takes_too_long_is_given_up(
    issuer: Issuer, settings: IdentitySettings, clock: Clock
) -> None:
    issuer.held.clear()
    verifier = TokenVerifier(replace(settings, fetch_timeout=0.05), clock=clock)
    with pytest.raises(KeysUnavailable):
        await verifier.verify(issuer.mint())


async def test_an_issuer_that_is_not_there_means_that_keys_are_unavailable(
    settings: IdentitySettings, clock: Clock, issuer: Issuer
) -> None:
    nowhere = replace(settings, jwks_url="http://127.0.0.1:9/jwks.json")  # nobody listens there
    with pytest.raises(KeysUnavailable):
        await TokenVerifier(nowhere, clock=clock).verify(issuer.mint())


async def test_the_description_may_name_more_than_is_read(
    issuer: Issuer, discovering: TokenVerifier
) -> None:
    issuer.scripted[DISCOVERY] = Answer(
        json.dumps({**issuer.description, "token_endpoint": "http://evil.example"}).encode()
    )
    assert await accepts(discovering, issuer.mint())


async def test_a_key_on_another_curve_than_the_algorithms_is_left_out(
    issuer: Issuer, settings: IdentitySettings, clock: Clock
) -> None:
    issuer.keys = [public_jwk(ec_key(ec.SECP384R1), "first")]
    verifier = TokenVerifier(replace(settings, algorithms=("ES256",)), clock=clock)
    token = sign(issuer.header(alg="ES256"), issuer.claims(), ec_key(), "ES256")
    assert await reason_of(verifier, token) is Reason.UNKNOWN_KEY


@pytest.mark.parametrize(
    ("source", "target", "allowed"),
    [
        ("https://issuer.example", "https://keys.example/jwks", True),
        ("https://issuer.example", "http://keys.example/jwks", False),
        ("https://issuer.example", "http://localhost/jwks", False),
        ("https://issuer.example", "https://127.0.0.1/jwks", False),
        ("https://issuer.example", "https://[::1]/jwks", False),
        ("http://localhost:7072", "http://127.0.0.1:7073/jwks", True),
        ("http://localhost:7072", "https://keys.example/jwks", True),
    ],
)
def test_a_distant_issuer_may_not_point_at_this_machine(
    source: str,
    target: str,
    allowed: bool,
) -> None:
    assert may_refer(source, target) is allowed
