"""A token seen a moment ago is not verified again, and never outlives its own terms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from shared.identity.errors import Reason, TokenRejected
from shared.identity.principal import Principal
from shared.identity.remembered import RememberedTokens
from shared.identity.verifier import MAX_REMEMBERED, TokenVerifier
from tests.support.keys import ec_key, public_jwk
from tests.support.tokens import sign
from tests.support.verdicts import accepts, reason_of

if TYPE_CHECKING:
    from shared.identity.settings import IdentitySettings
    from tests.support.issuer import Clock, Issuer

SOMEONE = Principal("someone", frozenset())


async def test_a_verified_token_is_remembered(issuer: Issuer, verifier: TokenVerifier) -> None:
    token = issuer.mint()
    assert verifier.remembered(token) is None
    principal = await verifier.verify(token)
    assert verifier.remembered(token) is principal
    assert await verifier.verify(token) is principal


async def test_a_refused_token_is_not_remembered(issuer: Issuer, verifier: TokenVerifier) -> None:
    token = issuer.mint(aud="api://other")
    with pytest.raises(TokenRejected):
        await verifier.verify(token)
    assert verifier.remembered(token) is None


async def test_a_remembered_token_needs_no_issuer(issuer: Issuer, verifier: TokenVerifier) -> None:
    token = issuer.mint()
    await verifier.verify(token)
    issuer.close()
    assert await accepts(verifier, token)


async def test_a_remembered_token_is_refused_to_the_second_it_expires(
    issuer: Issuer, verifier: TokenVerifier, clock: Clock
) -> None:
    token = issuer.mint(exp=clock.now + 100)
    await verifier.verify(token)
    clock.now += 100 + 29.9
    assert await accepts(verifier, token)
    clock.now += 0.1
    assert await reason_of(verifier, token) is Reason.EXPIRED


async def test_a_token_is_remembered_for_five_minutes_at_most(
    issuer: Issuer, verifier: TokenVerifier, clock: Clock
) -> None:
    token = issuer.mint()
    await verifier.verify(token)
    clock.now += 299
    assert verifier.remembered(token) is not None
    clock.now += 1
    assert verifier.remembered(token) is None


async def test_so_many_tokens_are_remembered_and_no_more(
    issuer: Issuer, settings: IdentitySettings, clock: Clock
) -> None:
    issuer.keys = [public_jwk(ec_key(), "first")]  # of the kind that signs fast
    verifier = TokenVerifier(replace(settings, algorithms=("ES256",)), clock=clock)
    tokens = [
        sign(issuer.header(alg="ES256"), issuer.claims(sub=f"s{n}"), ec_key(), "ES256")
        for n in range(MAX_REMEMBERED + 1)
    ]
    for token in tokens:
        await verifier.verify(token)
    assert verifier.cached()["remembered_tokens"] == MAX_REMEMBERED
    assert verifier.remembered(tokens[0]) is None
    assert verifier.remembered(tokens[1]) is not None


@pytest.mark.parametrize("token", ["", "é", "\udc80", "a" * 20_000])
def test_what_cannot_be_a_token_is_not_remembered(token: str, verifier: TokenVerifier) -> None:
    assert verifier.remembered(token) is None


def test_the_least_recently_used_token_is_forgotten_first() -> None:
    tokens = RememberedTokens(capacity=2)
    tokens.put("a", SOMEONE, until=10)
    tokens.put("b", SOMEONE, until=10)
    tokens.get("a", now=0)
    tokens.put("c", SOMEONE, until=10)
    assert tokens.get("a", now=0) is SOMEONE
    assert tokens.get("b", now=0) is None
    assert tokens.get("c", now=0) is SOMEONE
    assert len(tokens) == 2


def test_a_forgotten_token_takes_no_room() -> None:
    tokens = RememberedTokens(capacity=2)
    tokens.put("a", SOMEONE, until=10)
    assert tokens.get("a", now=10) is None
    assert len(tokens) == 0


def test_the_token_itself_is_not_kept() -> None:
    tokens = RememberedTokens(capacity=2)
    tokens.put("canary", SOMEONE, until=10)
    assert "canary" not in repr(vars(tokens))
