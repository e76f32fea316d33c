"""Tokens that the issuer truly signed, with claims that must not be accepted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from shared.identity.errors import Reason, TokenRejected
from shared.identity.verifier import TokenVerifier
from tests.support.issuer import AUDIENCE, Clock, Issuer
from tests.support.verdicts import reason_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from shared.identity.settings import IdentitySettings

NOW = Clock().now
LEEWAY = 30

MISSING, INVALID = Reason.MISSING_CLAIM, Reason.INVALID_CLAIM

CLAIMS: dict[str, tuple[dict[str, Any], Reason]] = {
    # missing; None takes the claim away
    "iss missing": ({"iss": None}, MISSING),
    "aud missing": ({"aud": None}, MISSING),
    "exp missing": ({"exp": None}, MISSING),
    "sub missing": ({"sub": None}, MISSING),
    # issuer
    "iss of another": ({"iss": "https://evil.example"}, Reason.WRONG_ISSUER),
    "iss empty": ({"iss": ""}, Reason.WRONG_ISSUER),
    "iss a number": ({"iss": 1}, INVALID),
    "iss a list": ({"iss": ["https://evil.example"]}, INVALID),
    "iss true": ({"iss": True}, INVALID),
    # audience
    "aud of another": ({"aud": "api://other"}, Reason.WRONG_AUDIENCE),
    "aud in another case": ({"aud": AUDIENCE.upper()}, Reason.WRONG_AUDIENCE),
    "aud a prefix of ours": ({"aud": AUDIENCE[:-1]}, Reason.WRONG_AUDIENCE),
    "aud longer than ours": ({"aud": AUDIENCE + "/x"}, Reason.WRONG_AUDIENCE),
    "aud an empty list": ({"aud": []}, Reason.WRONG_AUDIENCE),
    "aud a list without ours": ({"aud": ["a", "b"]}, Reason.WRONG_AUDIENCE),
    "aud empty": ({"aud": ""}, INVALID),
    "aud a number": ({"aud": 1}, INVALID),
    "aud an object": ({"aud": {AUDIENCE: True}}, INVALID),
    "aud a list with a number": ({"aud": [AUDIENCE, 1]}, INVALID),
    "aud a list in a list": ({"aud": [[AUDIENCE]]}, INVALID),
    # expiry
    "exp past": ({"exp": NOW - 3600}, Reason.EXPIRED),
    "exp past the leeway to the second": ({"exp": NOW - LEEWAY}, Reason.EXPIRED),
    "exp zero": ({"exp": 0}, Reason.EXPIRED),
    "exp negative": ({"exp": -1}, INVALID),
    "exp a string": ({"exp": str(int(NOW) + 3600)}, INVALID),
    "exp true": ({"exp": True}, INVALID),
    "exp a list": ({"exp": [NOW + 3600]}, INVALID),
    "exp an object": ({"exp": {}}, INVALID),
    "exp huge": ({"exp": 10**400}, INVALID),
    "exp a huge float": ({"exp": 1e300}, INVALID),
    "exp in milliseconds": ({"exp": (NOW + 3600) * 1000}, INVALID),
    # not before, issued at
    "nbf in the future": ({"nbf": NOW + 3600}, Reason.NOT_YET_VALID),
    "nbf past the leeway": ({"nbf": NOW + LEEWAY + 1}, Reason.NOT_YET_VALID),
    "nbf a string": ({"nbf": str(int(NOW))}, INVALID),
    "nbf false": ({"nbf": False}, INVALID),
    "nbf huge": ({"nbf": 10**400}, INVALID),
    "iat in the future": ({"iat": NOW + 3600}, Reason.NOT_YET_VALID),
    "iat a list": ({"iat": [NOW]}, INVALID),
    "iat a string": ({"iat": "now"}, INVALID),
    # subject
    "sub empty": ({"sub": ""}, INVALID),
    "sub blank": ({"sub": "  "}, INVALID),
    "sub a number": ({"sub": 7}, INVALID),
    "sub a list": ({"sub": ["someone"]}, INVALID),
    "sub false": ({"sub": False}, INVALID),
    "sub with a newline": ({"sub": "some\none"}, INVALID),
    "sub with a null byte": ({"sub": "someone\0"}, INVALID),
    "sub with a lone surrogate": ({"sub": "\ud800"}, INVALID),
    "sub too long": ({"sub": "s" * 256}, INVALID),
    # roles
    "roles a string": ({"roles": "admin"}, INVALID),
    "roles a string of several": ({"roles": "candidate admin"}, INVALID),
    "roles an object": ({"roles": {"admin": True}}, INVALID),
    "roles a nested list": ({"roles": [["admin"]]}, INVALID),
    "roles with a number": ({"roles": ["candidate", 1]}, INVALID),
    "roles with null": ({"roles": ["candidate", None]}, INVALID),
    "roles with an empty one": ({"roles": [""]}, INVALID),
    "roles with a line break": ({"roles": ["admin\n"]}, INVALID),
    "roles true": ({"roles": True}, INVALID),
    "roles a number": ({"roles": 1}, INVALID),
}

PAYLOADS: dict[str, Callable[[dict[str, Any]], bytes]] = {
    "not JSON": lambda _: b"sub=someone",
    "empty object's text cut": lambda c: json.dumps(c).encode()[:-1],
    "a list": lambda c: json.dumps([c]).encode(),
    "a string": lambda c: json.dumps(json.dumps(c)).encode(),
    "null": lambda _: b"null",
    "a token in a token": lambda _: b"eyJhbGciOiJub25lIn0.e30.",
    "sub twice": lambda c: json.dumps(c).encode()[:-1] + b',"sub":"other"}',
    "roles twice": lambda c: json.dumps(c).encode()[:-1] + b',"roles":["admin"]}',
    "a name twice, once escaped": lambda c: json.dumps(c).encode()[:-1] + b',"\\u0073ub":"x"}',
    "a nested name twice": lambda c: json.dumps(c).encode()[:-1] + b',"x":{"a":1,"a":2}}',
    "exp NaN": lambda c: json.dumps({**c, "exp": float("nan")}).encode(),
    "exp Infinity": lambda c: json.dumps({**c, "exp": float("inf")}).encode(),
    "exp -Infinity": lambda c: json.dumps({**c, "exp": float("-inf")}).encode(),
    "exp with 5,000 digits": lambda c: (
        json.dumps({**c, "exp": 0}).encode().replace(b'"exp": 0', b'"exp": ' + b"9" * 5000)
    ),
    "not UTF-8": lambda c: json.dumps(c).encode().replace(b"someone", b"some\xff\xfe"),
    "UTF-16": lambda c: json.dumps(c).encode("utf-16"),
    "UTF-32": lambda c: json.dumps(c).encode("utf-32-le"),
    "a byte order mark": lambda c: b"\xef\xbb\xbf" + json.dumps(c).encode(),
    "nested deeply": lambda _: b'{"sub":' + b"[" * 11_000,
    "something after it": lambda c: json.dumps(c).encode() + b"{}",
    "a comment": lambda c: b"/**/" + json.dumps(c).encode(),
}


@pytest.mark.parametrize("case", CLAIMS)
async def test_a_hostile_claim_is_refused_for_its_reason(
    case: str, issuer: Issuer, verifier: TokenVerifier
) -> None:
    changes, reason = CLAIMS[case]
    assert await reason_of(verifier, issuer.mint(**changes)) is reason


@pytest.mark.parametrize("case", PAYLOADS)
async def test_a_payload_that_is_no_plain_json_object_is_malformed(
    case: str, issuer: Issuer, verifier: TokenVerifier
) -> None:
    token = issuer.mint_raw(PAYLOADS[case](issuer.claims()))
    assert await reason_of(verifier, token) is Reason.MALFORMED


async def test_an_infinite_exp_written_as_a_number_is_refused(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    payload = json.dumps(issuer.claims(exp=0)).encode().replace(b'"exp": 0', b'"exp": 1e999')
    assert await reason_of(verifier, issuer.mint_raw(payload)) is Reason.INVALID_CLAIM


@pytest.mark.parametrize("claim", ["iss", "aud", "exp", "sub"])
async def test_a_required_claim_that_is_null_counts_as_missing(
    claim: str, issuer: Issuer, verifier: TokenVerifier
) -> None:
    payload = json.dumps({**issuer.claims(), claim: None}).encode()
    assert await reason_of(verifier, issuer.mint_raw(payload)) is Reason.MISSING_CLAIM


async def test_the_issuer_with_a_slash_after_it_is_another_issuer(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    assert await reason_of(verifier, issuer.mint(iss=issuer.url + "/")) is Reason.WRONG_ISSUER


async def test_the_signature_is_checked_before_any_claim(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    header, payload, _ = issuer.mint(exp=1, iss="https://evil.example").split(".")
    signature = issuer.mint().split(".")[2]
    assert await reason_of(verifier, f"{header}.{payload}.{signature}") is Reason.INVALID_SIGNATURE


async def test_a_rejection_says_nothing_of_the_token(
    issuer: Issuer, settings: IdentitySettings, clock: Clock
) -> None:
    token = issuer.mint(sub="canary", roles="canary")
    with pytest.raises(TokenRejected) as caught:
        await TokenVerifier(settings, clock=clock).verify(token)
    said = f"{caught.value!r} {caught.value} {caught.value.sentence}"
    assert "canary" not in said
    assert token not in said
