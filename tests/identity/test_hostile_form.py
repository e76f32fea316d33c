"""Tokens that are wrong before their claims are read: their form, header, key or signature."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from shared.identity.errors import Reason, TokenRejected
from tests.support.keys import ec_key, public_jwk, rsa_key
from tests.support.tokens import base64url, sign
from tests.support.verdicts import reason_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from shared.identity.verifier import TokenVerifier
    from tests.support.issuer import Issuer

EVIL = rsa_key("evil")


def segments(issuer: Issuer) -> list[str]:
    return issuer.mint().split(".")


def public_pem() -> bytes:
    public = rsa_key("first").public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def with_hmac(issuer: Issuer, secret: bytes, algorithm: str = "HS256") -> str:
    header = base64url(json.dumps(issuer.header(alg=algorithm)).encode())
    signed = f"{header}.{segments(issuer)[1]}"
    return f"{signed}.{base64url(hmac.digest(secret, signed.encode(), 'sha256'))}"


def unsigned(issuer: Issuer, algorithm: object) -> str:
    header = base64url(json.dumps(issuer.header(alg=algorithm)).encode())
    return f"{header}.{segments(issuer)[1]}."


def with_evil_key(issuer: Issuer, **header: object) -> str:
    return sign(issuer.header(**header), issuer.claims(roles=["admin"]), EVIL)


def with_another_payload(issuer: Issuer) -> str:
    header, _, signature = segments(issuer)
    return f"{header}.{issuer.mint(roles=['admin']).split('.')[1]}.{signature}"


def truncated(issuer: Issuer) -> str:
    signed, _, signature = issuer.mint().rpartition(".")
    return f"{signed}.{base64url(urlsafe_b64decode(signature + '==')[:-1])}"


def as_jwe(_: Issuer) -> str:
    header = base64url(json.dumps({"alg": "RSA-OAEP", "enc": "A256GCM", "kid": "first"}).encode())
    return ".".join([header, *(base64url(b"part") for _ in range(4))])


def non_canonical(issuer: Issuer) -> str:
    """The same signature bytes written another way: 256 bytes leave four spare bits at the end."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    token = issuer.mint()
    return token[:-1] + alphabet[alphabet.index(token[-1]) + 1]


HEADER_WITH_TWO_ALGORITHMS = b'{"alg":"none","alg":"RS256","kid":"first"}'
DEEP = b'{"alg":"RS256","kid":' + b"[" * 11_000

FORMS: dict[str, tuple[Callable[[Issuer], str], Reason]] = {
    # algorithm confusion
    "unsigned, alg none": (lambda i: unsigned(i, "none"), Reason.ALGORITHM_NOT_ALLOWED),
    "unsigned, alg None": (lambda i: unsigned(i, "None"), Reason.ALGORITHM_NOT_ALLOWED),
    "unsigned, alg nOnE": (lambda i: unsigned(i, "nOnE"), Reason.ALGORITHM_NOT_ALLOWED),
    "unsigned, alg empty": (lambda i: unsigned(i, ""), Reason.ALGORITHM_NOT_ALLOWED),
    "alg none with a signature": (
        lambda i: i.mint_headed(i.header(alg="none")),
        Reason.ALGORITHM_NOT_ALLOWED,
    ),
    "alg missing": (lambda i: i.mint_headed(i.header(alg=None)), Reason.ALGORITHM_NOT_ALLOWED),
    "alg a list": (
        lambda i: i.mint_headed(i.header(alg=["RS256"])),
        Reason.ALGORITHM_NOT_ALLOWED,
    ),
    "alg a number": (lambda i: i.mint_headed(i.header(alg=256)), Reason.ALGORITHM_NOT_ALLOWED),
    "alg in lower case": (
        lambda i: i.mint_headed(i.header(alg="rs256")),
        Reason.ALGORITHM_NOT_ALLOWED,
    ),
    "HS256 keyed with the public key in PEM": (
        lambda i: with_hmac(i, public_pem()),
        Reason.ALGORITHM_NOT_ALLOWED,
    ),
    "HS256 keyed with the published JWK": (
        lambda i: with_hmac(i, json.dumps(i.keys[0]).encode()),
        Reason.ALGORITHM_NOT_ALLOWED,
    ),
    "HMAC labelled RS256": (
        lambda i: with_hmac(i, public_pem(), "RS256"),
        Reason.INVALID_SIGNATURE,
    ),
    "RS384 where RS256 is agreed": (
        lambda i: sign(i.header(alg="RS384"), i.claims(), rsa_key("first"), "RS384"),
        Reason.ALGORITHM_NOT_ALLOWED,
    ),
    "PS256 labelled RS256": (
        lambda i: sign(i.header(), i.claims(), rsa_key("first"), "PS256"),
        Reason.INVALID_SIGNATURE,
    ),
    "ES256 labelled RS256": (
        lambda i: sign(i.header(), i.claims(), ec_key(), "ES256"),
        Reason.INVALID_SIGNATURE,
    ),
    "ES256": (
        lambda i: sign(i.header(alg="ES256"), i.claims(), ec_key(), "ES256"),
        Reason.ALGORITHM_NOT_ALLOWED,
    ),
    # key confusion
    "another key under the name of ours": (with_evil_key, Reason.INVALID_SIGNATURE),
    "a key of its own in jwk": (
        lambda i: with_evil_key(i, jwk=public_jwk(EVIL, "first")),
        Reason.INVALID_SIGNATURE,
    ),
    "a key of its own in jwk, by its own name": (
        lambda i: with_evil_key(i, kid="evil", jwk=public_jwk(EVIL, "evil")),
        Reason.UNKNOWN_KEY,
    ),
    "an address of keys in jku": (
        lambda i: with_evil_key(i, jku=f"{i.url}/evil.json"),
        Reason.INVALID_SIGNATURE,
    ),
    "an address of keys in x5u": (
        lambda i: with_evil_key(i, x5u=f"{i.url}/evil.pem"),
        Reason.INVALID_SIGNATURE,
    ),
    "certificates of its own in x5c": (
        lambda i: with_evil_key(i, x5c=["MIIB"]),
        Reason.INVALID_SIGNATURE,
    ),
    # kid
    "kid missing": (lambda i: i.mint_headed(i.header(kid=None)), Reason.UNKNOWN_KEY),
    "kid empty": (lambda i: i.mint_headed(i.header(kid="")), Reason.UNKNOWN_KEY),
    "kid unknown": (lambda i: i.mint_headed(i.header(kid="second")), Reason.UNKNOWN_KEY),
    "kid in another case": (lambda i: i.mint_headed(i.header(kid="First")), Reason.UNKNOWN_KEY),
    "kid a path": (lambda i: with_evil_key(i, kid="../../../dev/null"), Reason.UNKNOWN_KEY),
    "kid an SQL injection": (
        lambda i: with_evil_key(i, kid="x' UNION SELECT 'key'--"),
        Reason.UNKNOWN_KEY,
    ),
    "kid with a null byte": (lambda i: with_evil_key(i, kid="first\0"), Reason.UNKNOWN_KEY),
    "kid with a lone surrogate": (lambda i: with_evil_key(i, kid="\ud800"), Reason.UNKNOWN_KEY),
    "kid a URL": (lambda i: with_evil_key(i, kid=f"{i.url}/evil.json"), Reason.UNKNOWN_KEY),
    "kid very long": (lambda i: i.mint_headed(i.header(kid="k" * 257)), Reason.MALFORMED),
    "kid a number": (lambda i: i.mint_headed(i.header(kid=1)), Reason.MALFORMED),
    "kid a list": (lambda i: i.mint_headed(i.header(kid=["first"])), Reason.MALFORMED),
    "kid an object": (lambda i: i.mint_headed(i.header(kid={"a": 1})), Reason.MALFORMED),
    # header extensions and other kinds of JWT
    "crit": (
        lambda i: i.mint_headed(i.header(crit=["exp"], exp=1)),
        Reason.UNSUPPORTED_HEADER,
    ),
    "crit empty": (lambda i: i.mint_headed(i.header(crit=[])), Reason.UNSUPPORTED_HEADER),
    "b64 false": (
        lambda i: i.mint_headed(i.header(b64=False, crit=["b64"])),
        Reason.UNSUPPORTED_HEADER,
    ),
    "b64 false without crit": (
        lambda i: i.mint_headed(i.header(b64=False)),
        Reason.UNSUPPORTED_HEADER,
    ),
    "b64 true": (lambda i: i.mint_headed(i.header(b64=True)), Reason.UNSUPPORTED_HEADER),
    "typ of a logout token": (
        lambda i: i.mint_headed(i.header(typ="logout+jwt")),
        Reason.WRONG_TYPE,
    ),
    "typ of a proof of possession": (
        lambda i: i.mint_headed(i.header(typ="dpop+jwt")),
        Reason.WRONG_TYPE,
    ),
    "typ a number": (lambda i: i.mint_headed(i.header(typ=1)), Reason.WRONG_TYPE),
    # header JSON
    "header not JSON": (lambda i: i.mint_headed(b"alg=RS256"), Reason.MALFORMED),
    "header a list": (lambda i: i.mint_headed(b'["RS256"]'), Reason.MALFORMED),
    "header null": (lambda i: i.mint_headed(b"null"), Reason.MALFORMED),
    "header with alg twice": (
        lambda i: i.mint_headed(HEADER_WITH_TWO_ALGORITHMS),
        Reason.MALFORMED,
    ),
    "header not UTF-8": (
        lambda i: i.mint_headed(b'{"alg":"RS256","kid":"\xff"}'),
        Reason.MALFORMED,
    ),
    "header in UTF-16": (
        lambda i: i.mint_headed(json.dumps(i.header()).encode("utf-16")),
        Reason.MALFORMED,
    ),
    "header with a byte order mark": (
        lambda i: i.mint_headed(b"\xef\xbb\xbf" + json.dumps(i.header()).encode()),
        Reason.MALFORMED,
    ),
    "header nested deeply": (lambda i: i.mint_headed(DEEP), Reason.MALFORMED),
    "header with NaN": (
        lambda i: i.mint_headed(b'{"alg":"RS256","kid":"first","x":NaN}'),
        Reason.MALFORMED,
    ),
    # signature
    "signature stripped": (
        lambda i: ".".join([*segments(i)[:2], ""]),
        Reason.INVALID_SIGNATURE,
    ),
    "signature truncated": (truncated, Reason.INVALID_SIGNATURE),
    "signature of zeros": (
        lambda i: ".".join([*segments(i)[:2], base64url(bytes(256))]),
        Reason.INVALID_SIGNATURE,
    ),
    "signature doubled": (lambda i: i.mint() + segments(i)[2], Reason.INVALID_SIGNATURE),
    "signature of another payload": (with_another_payload, Reason.INVALID_SIGNATURE),
    "signature a digest only": (
        lambda i: ".".join(
            [*segments(i)[:2], base64url(sha256(i.mint().rpartition(".")[0].encode()).digest())]
        ),
        Reason.INVALID_SIGNATURE,
    ),
    # compact form
    "empty": (lambda _: "", Reason.MALFORMED),
    "one segment": (lambda i: segments(i)[0], Reason.MALFORMED),
    "two segments": (lambda i: ".".join(segments(i)[:2]), Reason.MALFORMED),
    "four segments": (lambda i: i.mint() + ".AAAA", Reason.MALFORMED),
    "encrypted (five segments)": (as_jwe, Reason.MALFORMED),
    "dots only": (lambda _: "..", Reason.MALFORMED),
    "header empty": (lambda i: "." + ".".join(segments(i)[1:]), Reason.MALFORMED),
    "payload empty": (lambda i: f"{segments(i)[0]}..{segments(i)[2]}", Reason.MALFORMED),
    "padded": (lambda i: i.mint() + "==", Reason.MALFORMED),
    "written in another way": (non_canonical, Reason.MALFORMED),
    "with standard base64 letters": (lambda i: i.mint()[:-2] + "+/", Reason.MALFORMED),
    "segment of impossible length": (
        lambda i: f"{segments(i)[0]}.AAAAA.{segments(i)[2]}",
        Reason.MALFORMED,
    ),
    "space before": (lambda i: " " + i.mint(), Reason.MALFORMED),
    "newline after": (lambda i: i.mint() + "\n", Reason.MALFORMED),
    "null byte after": (lambda i: i.mint() + "\0", Reason.MALFORMED),
    "quoted": (lambda i: f'"{i.mint()}"', Reason.MALFORMED),
    "with its scheme": (lambda i: "Bearer " + i.mint(), Reason.MALFORMED),
    "two tokens": (lambda i: f"{i.mint()}, {i.mint()}", Reason.MALFORMED),
    "full-width letters": (lambda i: "\uff45\uff59\uff2a" + i.mint()[3:], Reason.MALFORMED),
    "digits of another script": (lambda i: i.mint()[:-1] + "\u0663", Reason.MALFORMED),
    "lone surrogate": (lambda i: i.mint() + "\udc80", Reason.MALFORMED),
    "JSON serialisation": (
        lambda i: json.dumps(
            dict(zip(("protected", "payload", "signature"), segments(i), strict=True))
        ),
        Reason.MALFORMED,
    ),
    "one character too large": (lambda _: "a" * (16 * 1024 + 1), Reason.TOO_LARGE),
    "a megabyte": (lambda _: "a." * 500_000, Reason.TOO_LARGE),
    "large, though validly signed": (lambda i: i.mint(x="x" * 20_000), Reason.TOO_LARGE),
}


@pytest.mark.parametrize("case", FORMS)
async def test_a_hostile_form_is_refused_for_its_reason(
    case: str, issuer: Issuer, verifier: TokenVerifier
) -> None:
    make, reason = FORMS[case]
    assert await reason_of(verifier, make(issuer)) is reason


async def test_keys_are_fetched_from_the_configured_address_only(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    for member in ("jku", "x5u", "kid"):
        with pytest.raises(TokenRejected):
            await verifier.verify(with_evil_key(issuer, **{member: f"{issuer.url}/evil.json"}))
    assert set(issuer.fetched) == {"/jwks.json"}


async def test_a_token_that_no_key_could_save_costs_no_fetch(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    for token in ("a.b.c.d", issuer.mint_headed(issuer.header(alg="RS384", kid="unknown"))):
        with pytest.raises(TokenRejected):
            await verifier.verify(token)
    assert issuer.fetched == []


@pytest.mark.parametrize("typ", ["JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt", None])
async def test_every_way_to_name_the_type_of_an_access_token_is_accepted(
    typ: str | None, issuer: Issuer, verifier: TokenVerifier
) -> None:
    token = issuer.mint_headed(issuer.header(typ=typ))
    assert (await verifier.verify(token)).subject == "someone"
