"""What holds for any token, not only for those that somebody thought of."""

from __future__ import annotations

import asyncio
from base64 import urlsafe_b64decode
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shared.identity.errors import TokenRejected
from shared.identity.principal import Principal
from shared.identity.settings import IdentitySettings
from shared.identity.verifier import TokenVerifier
from tests.support.issuer import AUDIENCE, Clock, Issuer, running_issuer
from tests.support.keys import rsa_key
from tests.support.tokens import base64url, sign

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN_LETTERS = st.characters(min_codepoint=0x20, max_codepoint=0x7E)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
SEGMENT = st.text(alphabet="Aaz09-_=+/", max_size=40) | st.binary(max_size=30).map(base64url)
CLAIM_NAMES = st.sampled_from(["iss", "aud", "sub", "exp", "nbf", "iat", "roles", "scp", "tid"])


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    yield from running_issuer(Clock())


@pytest.fixture(scope="module")
def verifier(issuer: Issuer) -> TokenVerifier:
    return TokenVerifier(
        IdentitySettings(
            issuer=issuer.url, audiences=frozenset({AUDIENCE}), jwks_url=issuer.jwks_url
        ),
        clock=issuer.clock,
    )


def outcome(verifier: TokenVerifier, token: str) -> Principal | TokenRejected:
    try:
        return asyncio.run(verifier.verify(token))
    except TokenRejected as rejected:
        return rejected


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_a_token_with_any_character_changed_is_refused(
    data: st.DataObject, issuer: Issuer, verifier: TokenVerifier
) -> None:
    token = issuer.mint()
    at = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(TOKEN_LETTERS)
    assume(letter != token[at])
    mutant = token[:at] + letter + token[at + 1 :]
    assert isinstance(outcome(verifier, mutant), TokenRejected)


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_token_with_any_bit_flipped_in_any_segment_is_refused(
    data: st.DataObject, issuer: Issuer, verifier: TokenVerifier
) -> None:
    segments = [bytearray(urlsafe_b64decode(s + "==")) for s in issuer.mint().split(".")]
    segment = segments[data.draw(st.integers(0, 2))]
    bit = data.draw(st.integers(0, len(segment) * 8 - 1))
    segment[bit // 8] ^= 1 << bit % 8
    mutant = ".".join(base64url(bytes(s)) for s in segments)
    assert isinstance(outcome(verifier, mutant), TokenRejected)


@given(cut=st.integers(0, 10_000), length=st.integers(1, 50))
@settings(max_examples=100, deadline=None)
def test_a_token_with_any_piece_cut_out_is_refused(
    cut: int, length: int, issuer: Issuer, verifier: TokenVerifier
) -> None:
    token = issuer.mint()
    start = cut % len(token)
    mutant = token[:start] + token[start + length :]
    assert isinstance(outcome(verifier, mutant), TokenRejected)


@given(text=st.text(max_size=100) | st.lists(SEGMENT, min_size=1, max_size=5).map(".".join))
@settings(max_examples=200, deadline=None)
def test_any_text_is_refused_and_nothing_worse_happens(text: str, verifier: TokenVerifier) -> None:
    assert isinstance(outcome(verifier, text), TokenRejected)


@given(header=st.binary(max_size=60) | st.dictionaries(st.text(), JSON, max_size=3))
@settings(max_examples=200, deadline=None)
def test_any_signed_header_is_refused_and_nothing_worse_happens(
    header: bytes | dict[str, Any], issuer: Issuer, verifier: TokenVerifier
) -> None:
    token = sign(header, issuer.claims(), rsa_key("first"))
    assert isinstance(outcome(verifier, token), TokenRejected)


@given(changes=st.dictionaries(CLAIM_NAMES, JSON, min_size=1, max_size=3))
@settings(max_examples=200, deadline=None)
def test_any_signed_claims_give_a_sound_principal_or_are_refused(
    changes: dict[str, Any], issuer: Issuer, verifier: TokenVerifier
) -> None:
    claims = {**issuer.claims(), **changes}
    result = outcome(verifier, sign(issuer.header(), claims, rsa_key("first")))
    if isinstance(result, Principal):
        assert result.subject == claims["sub"]
        assert result.roles == set(claims["roles"])
        assert claims["iss"] == issuer.url
        assert AUDIENCE in claims["aud"]
        assert claims["exp"] > issuer.clock.now - 30
