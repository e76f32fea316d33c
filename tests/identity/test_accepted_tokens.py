"""What is accepted, and who is then calling."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from shared.identity.errors import Reason
from shared.identity.principal import Principal
from shared.identity.verifier import TokenVerifier
from tests.support.issuer import AUDIENCE, Clock, Issuer
from tests.support.keys import ec_key, ed_key, public_jwk, rsa_key
from tests.support.tokens import base64url, sign
from tests.support.verdicts import accepts, reason_of

if TYPE_CHECKING:
    from shared.identity.settings import IdentitySettings


async def test_a_good_token_gives_subject_and_roles(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    token = issuer.mint(sub="alice", roles=["candidate", "examiner"])
    principal = await verifier.verify(token)
    assert principal == Principal("alice", frozenset({"candidate", "examiner"}))


async def test_a_token_without_roles_has_a_principal_without_roles(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    assert (await verifier.verify(issuer.mint(roles=None))).roles == frozenset()
    assert (await verifier.verify(issuer.mint(roles=[]))).roles == frozenset()


async def test_a_role_is_taken_as_it_is_written(issuer: Issuer, verifier: TokenVerifier) -> None:
    principal = await verifier.verify(issuer.mint(roles=["Admin", "administration viewer"]))
    assert "admin" not in principal.roles
    assert principal.roles == {"Admin", "administration viewer"}


async def test_one_of_several_audiences_is_enough(issuer: Issuer, verifier: TokenVerifier) -> None:
    assert await accepts(verifier, issuer.mint(aud=["api://other", AUDIENCE]))


async def test_any_configured_audience_is_accepted(
    issuer: Issuer, settings: IdentitySettings, clock: Clock
) -> None:
    both = replace(settings, audiences=frozenset({AUDIENCE, "client-id"}))
    assert await accepts(TokenVerifier(both, clock=clock), issuer.mint(aud="client-id"))


async def test_iat_and_nbf_may_be_absent(issuer: Issuer, verifier: TokenVerifier) -> None:
    assert await accepts(verifier, issuer.mint(iat=None, nbf=None))


async def test_dates_may_have_fractions(
    issuer: Issuer, verifier: TokenVerifier, clock: Clock
) -> None:
    assert await accepts(verifier, issuer.mint(exp=clock.now + 0.5, nbf=clock.now - 0.5))


async def test_a_clock_that_is_off_by_less_than_the_leeway_is_tolerated(
    issuer: Issuer, verifier: TokenVerifier, clock: Clock
) -> None:
    assert await accepts(verifier, issuer.mint(exp=clock.now - 29))
    assert await accepts(verifier, issuer.mint(nbf=clock.now + 30, iat=clock.now + 30))


async def test_roles_may_lie_in_nested_objects(
    issuer: Issuer, settings: IdentitySettings, clock: Clock
) -> None:
    verifier = TokenVerifier(replace(settings, roles_claim="realm_access.roles"), clock=clock)
    nested = await verifier.verify(issuer.mint(realm_access={"roles": ["examiner"]}))
    assert nested.roles == {"examiner"}
    assert (await verifier.verify(issuer.mint())).roles == frozenset()
    assert await reason_of(verifier, issuer.mint(realm_access=["roles"])) is Reason.INVALID_CLAIM


async def test_a_claim_whose_name_has_dots_is_found_by_its_whole_name(
    issuer: Issuer, settings: IdentitySettings, clock: Clock
) -> None:
    name = "https://school.example/roles"
    verifier = TokenVerifier(replace(settings, roles_claim=name), clock=clock)
    claims: dict[str, Any] = {name: ["admin"]}
    assert (await verifier.verify(issuer.mint(**claims))).roles == {"admin"}


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"])
async def test_every_rsa_algorithm_can_be_agreed_on(
    algorithm: str, issuer: Issuer, settings: IdentitySettings, clock: Clock
) -> None:
    verifier = TokenVerifier(replace(settings, algorithms=(algorithm,)), clock=clock)
    token = sign(issuer.header(alg=algorithm), issuer.claims(), rsa_key("first"), algorithm)
    assert await accepts(verifier, token)


@pytest.mark.parametrize(
    ("algorithm", "curve"),
    [("ES256", ec.SECP256R1), ("ES384", ec.SECP384R1), ("ES512", ec.SECP521R1)],
)
async def test_every_elliptic_curve_algorithm_can_be_agreed_on(
    algorithm: str,
    curve: type[ec.EllipticCurve],
    issuer: Issuer,
    settings: IdentitySettings,
    clock: Clock,
) -> None:
    issuer.keys = [public_jwk(ec_key(curve), "first")]
    verifier = TokenVerifier(replace(settings, algorithms=(algorithm,)), clock=clock)
    token = sign(issuer.header(alg=algorithm), issuer.claims(), ec_key(curve), algorithm)
    assert await accepts(verifier, token)


async def test_eddsa_can_be_agreed_on(
    issuer: Issuer, settings: IdentitySettings, clock: Clock
) -> None:
    issuer.keys = [public_jwk(ed_key(), "first")]
    verifier = TokenVerifier(replace(settings, algorithms=("EdDSA",)), clock=clock)
    token = sign(issuer.header(alg="EdDSA"), issuer.claims(), ed_key(), "EdDSA")
    assert await accepts(verifier, token)


async def test_a_key_published_for_one_algorithm_does_not_serve_another(
    issuer: Issuer, settings: IdentitySettings, clock: Clock
) -> None:
    issuer.keys = [public_jwk(rsa_key("first"), "first", alg="RS256")]
    verifier = TokenVerifier(replace(settings, algorithms=("RS256", "PS256")), clock=clock)
    token = sign(issuer.header(alg="PS256"), issuer.claims(), rsa_key("first"), "PS256")
    assert await reason_of(verifier, token) is Reason.ALGORITHM_NOT_ALLOWED


@pytest.mark.parametrize(
    "signature",
    [b"", bytes(64), bytes(63), b"\xff" * 64, b"\x30\x06\x02\x01\x01\x02\x01\x01", bytes(132)],
    ids=["empty", "r and s zero", "short", "r and s too large", "DER", "of another curve"],
)
async def test_a_misshapen_elliptic_curve_signature_is_invalid(
    signature: bytes, issuer: Issuer, settings: IdentitySettings, clock: Clock
) -> None:
    issuer.keys = [public_jwk(ec_key(), "first")]
    verifier = TokenVerifier(replace(settings, algorithms=("ES256",)), clock=clock)
    good = sign(issuer.header(alg="ES256"), issuer.claims(), ec_key(), "ES256")
    token = f"{good.rpartition('.')[0]}.{base64url(signature)}"
    assert await reason_of(verifier, token) is Reason.INVALID_SIGNATURE
