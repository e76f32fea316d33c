"""Why nobody could be identified.

IdentityError
├── TokenRejected      the token is at fault: the caller's status is 401
└── KeysUnavailable    the issuer's keys cannot be had: 503, and no fault of the token
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """The class of a rejection, for logs and for `error` fields."""

    TOO_LARGE = "too_large"
    MALFORMED = "malformed"
    UNSUPPORTED_HEADER = "unsupported_header"
    WRONG_TYPE = "wrong_type"
    ALGORITHM_NOT_ALLOWED = "algorithm_not_allowed"
    UNKNOWN_KEY = "unknown_key"
    INVALID_SIGNATURE = "invalid_signature"
    MISSING_CLAIM = "missing_claim"
    INVALID_CLAIM = "invalid_claim"
    WRONG_ISSUER = "wrong_issuer"
    WRONG_TENANT = "wrong_tenant"
    WRONG_AUDIENCE = "wrong_audience"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    INSUFFICIENT_SCOPE = "insufficient_scope"


# ASCII without quotes or backslashes: each fits `error_description` (RFC 6750, section 3).
_SENTENCES = {
    Reason.TOO_LARGE: "The token is too large.",
    Reason.MALFORMED: "The token is not a well-formed signed JWT.",
    Reason.UNSUPPORTED_HEADER: "The token demands a header extension that is not supported.",
    Reason.WRONG_TYPE: "The token is of another type than an access token.",
    Reason.ALGORITHM_NOT_ALLOWED: "The token is signed with an algorithm that is not accepted.",
    Reason.UNKNOWN_KEY: "The token names no signing key of the trusted issuer.",
    Reason.INVALID_SIGNATURE: "The signature of the token does not match.",
    Reason.MISSING_CLAIM: "The token lacks a required claim: iss, aud, sub and exp are required.",
    Reason.INVALID_CLAIM: "A claim of the token has a value of the wrong kind.",
    Reason.WRONG_ISSUER: "The token comes from an issuer that is not trusted.",
    Reason.WRONG_TENANT: "The token belongs to a tenant that is not allowed.",
    Reason.WRONG_AUDIENCE: "The token was issued for another audience.",
    Reason.EXPIRED: "The token has expired; sign in again.",
    Reason.NOT_YET_VALID: "The token is not valid yet; check the clock of its issuer.",
    Reason.INSUFFICIENT_SCOPE: "The token does not carry the scope that this service requires.",
}


class IdentityError(Exception):
    """No principal could be had from a token."""


class TokenRejected(IdentityError):
    """The token does not identify anybody.

    Attributes:
        reason: the class of the fault.
        sentence: the same for a person; ASCII, and without a word of the token.

    """

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.sentence = _SENTENCES[reason]


class KeysUnavailable(IdentityError):
    """The issuer's signing keys cannot be had at the moment.

    Attributes:
        retry_after: seconds after which another request makes sense; at least 1.

    """

    def __init__(self, retry_after: float) -> None:
        super().__init__("signing keys unavailable")
        self.retry_after = max(1.0, retry_after)
