"""The outside of a token: a JSON Web Signature in compact form (RFC 7515), and its verification.

PyJWT verifies the signature. Taking the token apart is done here, because that can be stricter
(no padding, no member named twice, no header extensions) and, done once, takes half the
time of `jwt.decode`. Its checks of the claims are not used either: they read the system clock,
and take "1700000000" and true for dates.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.identity.errors import Reason, TokenRejected
from shared.identity.strict_json import read_object

if TYPE_CHECKING:
    from shared.identity.keys import SigningKey

# Real access tokens have 1 to 4 KiB; most servers refuse larger headers anyway.
MAX_TOKEN_CHARACTERS = 16 * 1024
_MAX_KID_CHARACTERS = 256
# Three base64url segments without padding (section 7.1). The signature may be empty, so that an
# unsigned token is refused for its algorithm.
_COMPACT_FORM = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]*)")
# Those whose surplus bits are zero, by how many characters there are beyond a multiple of four.
_LAST_CHARACTERS = {1: "", 2: "AQgw", 3: "AEIMQUYcgkosw048"}
_ACCESS_TOKEN_TYPES = frozenset({"jwt", "at+jwt", "application/at+jwt"})


class _Header(NamedTuple):
    algorithm: str
    kid: str


@dataclass(frozen=True, slots=True, repr=False)
class UnverifiedToken:
    """A token taken apart, of which nothing is believed yet.

    Attributes:
        kid: the key that it says it was signed with.
        algorithm: the algorithm that it says it was signed with, one of the accepted ones.

    """

    kid: str
    algorithm: str
    _signed: bytes
    _payload: bytes
    _signature: bytes

    def verified_payload(self, key: SigningKey) -> bytes:
        """Return the payload if the key signed it.

        Raises:
            TokenRejected: it did not.

        """
        verifier = key.verifiers.get(self.algorithm)
        if verifier is None:  # published for another algorithm
            raise TokenRejected(Reason.ALGORITHM_NOT_ALLOWED)
        if not verifier.Algorithm.verify(self._signed, verifier.key, self._signature):
            raise TokenRejected(Reason.INVALID_SIGNATURE)
        return self._payload


def take_apart(token: str, algorithms: tuple[str, ...]) -> UnverifiedToken:
    """Take a token apart.

    Keys and addresses of keys in the header (`jwk`, `jku`, `x5c`, `x5u`) are never looked at.

    Raises:
        TokenRejected: too large, malformed, or asking for what is not accepted.

    """
    if len(token) > MAX_TOKEN_CHARACTERS:
        raise TokenRejected(Reason.TOO_LARGE)
    match = _COMPACT_FORM.fullmatch(token)
    if match is None:
        raise TokenRejected(Reason.MALFORMED)
    header_segment, payload_segment, signature_segment = match.groups()
    header = _read_header(header_segment, algorithms)
    return UnverifiedToken(
        header.kid,
        header.algorithm,
        token[: match.end(2)].encode("ascii"),
        _decode(payload_segment),
        _decode(signature_segment),
    )


def _decode(segment: str) -> bytes:
    """Decode characters of base64url, accepting one way only to write the same bytes."""
    beyond = len(segment) % 4
    if beyond and segment[-1] not in _LAST_CHARACTERS[beyond]:
        raise TokenRejected(Reason.MALFORMED)
    return urlsafe_b64decode(segment + "=" * (-beyond % 4))


@lru_cache(maxsize=16)  # all tokens signed with one key begin with the same header
def _read_header(segment: str, algorithms: tuple[str, ...]) -> _Header:
    try:
        header = read_object(_decode(segment))
    except ValueError:
        raise TokenRejected(Reason.MALFORMED) from None  # the cause quotes the token
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in algorithms:
        raise TokenRejected(Reason.ALGORITHM_NOT_ALLOWED)
    if "crit" in header or "b64" in header:
        raise TokenRejected(Reason.UNSUPPORTED_HEADER)
    _check_type(header)
    return _Header(algorithm, _kid(header))


def _check_type(header: dict[str, Any]) -> None:
    """Refuse other kinds of JWT that the same issuer may sign (RFC 8725, section 3.11)."""
    token_type = header.get("typ", "JWT")
    if not isinstance(token_type, str) or token_type.lower() not in _ACCESS_TOKEN_TYPES:
        raise TokenRejected(Reason.WRONG_TYPE)


def _kid(header: dict[str, Any]) -> str:
    """Return the name of the key: required, for without it there would be keys to try out."""
    kid = header.get("kid")
    if kid is None:
        raise TokenRejected(Reason.UNKNOWN_KEY)
    if not isinstance(kid, str) or len(kid) > _MAX_KID_CHARACTERS:
        raise TokenRejected(Reason.MALFORMED)
    return kid
