"""What the claims of a token must say; the signature has been verified before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.identity.errors import Reason, TokenRejected
from shared.identity.principal import Principal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shared.identity.issuers import TrustedIssuers
    from shared.identity.keys import SigningKey
    from shared.identity.settings import IdentitySettings

# The last second of the year 9999: what is later is no date.
_MAX_TIMESTAMP = 253_402_300_799
# OpenID Connect Core 1.0, section 2.
_MAX_SUBJECT_CHARACTERS = 255

Claims = dict[str, Any]


def check_issuer(claims: Claims, issuers: TrustedIssuers, key: SigningKey) -> None:
    """Check that the issuer is trusted, and that tenant and key belong to it."""
    issuer = _required(claims, "iss")
    if not isinstance(issuer, str):
        raise TokenRejected(Reason.INVALID_CLAIM)
    if issuer not in issuers.tenants:
        raise TokenRejected(Reason.WRONG_ISSUER)
    tenant = issuers.tenants[issuer]
    if tenant is None:
        return
    if claims.get("tid") != tenant:
        raise TokenRejected(Reason.WRONG_TENANT)
    # Entra binds some keys to one tenant: they must not speak for another.
    if key.issuer is not None and not issuers.vouches(key.issuer, tenant):
        raise TokenRejected(Reason.WRONG_TENANT)


def check_audience(claims: Claims, audiences: frozenset[str]) -> None:
    """Check that the token was issued for one of the audiences."""
    audience = _required(claims, "aud")
    meant = _strings([audience] if isinstance(audience, str) else audience)
    if audiences.isdisjoint(meant):
        raise TokenRejected(Reason.WRONG_AUDIENCE)


def check_times(claims: Claims, now: float, leeway: float) -> float:
    """Check exp, nbf and iat, and return the time from which the token is refused."""
    expires = _timestamp(_required(claims, "exp"))
    if now >= expires + leeway:
        raise TokenRejected(Reason.EXPIRED)
    for name in ("nbf", "iat"):
        if name in claims and _timestamp(claims[name]) > now + leeway:
            raise TokenRejected(Reason.NOT_YET_VALID)
    return expires + leeway


def read_principal(claims: Claims, settings: IdentitySettings) -> Principal:
    """Read who is calling, and check the scope."""
    subject = _required(claims, "sub")
    if not _is_text(subject) or len(subject) > _MAX_SUBJECT_CHARACTERS:
        raise TokenRejected(Reason.INVALID_CLAIM)
    if settings.required_scope is not None:
        _check_scope(claims, settings.required_scope)
    return Principal(subject, _roles(claims, settings.roles_claim))


def _check_scope(claims: Claims, required: str) -> None:
    """Check the scope of a token that acts for a user.

    An application that acts for itself has roles only. Such a token says `idtyp` "app", or, where
    that optional claim is not configured, its subject is the application itself (`oid` equals
    `sub`). Anything else without a scope is no access token: an ID token, for instance.
    https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
    """
    scopes = claims.get("scp", claims.get("scope"))
    if scopes is None:
        for_itself = claims.get("idtyp", "app") == "app" and (
            "idtyp" in claims or claims.get("oid") == claims["sub"]
        )
        granted = [required] if for_itself else []
    else:
        granted = _strings(scopes.split() if isinstance(scopes, str) else scopes)
    if required not in granted:
        raise TokenRejected(Reason.INSUFFICIENT_SCOPE)


def _roles(claims: Claims, claim: str) -> frozenset[str]:
    """Return the roles: none where the claim is absent; a claim that is no list is refused.

    A single string is refused as well: taken for a list it would be a list of letters, and
    searched as text it would grant "admin" to "administration-viewer".
    """
    value: Any = claims
    for name in (claim,) if claim in claims else claim.split("."):
        if not isinstance(value, dict):
            raise TokenRejected(Reason.INVALID_CLAIM)
        if name not in value:
            return frozenset()
        value = value[name]
    return frozenset(_strings(value))


def _required(claims: Mapping[str, Any], name: str) -> Any:
    value = claims.get(name)
    if value is None:
        raise TokenRejected(Reason.MISSING_CLAIM)
    return value


def _timestamp(value: Any) -> float:
    """Return a NumericDate; strings and booleans are none, whatever `int` makes of them."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TokenRejected(Reason.INVALID_CLAIM)
    if not 0 <= value <= _MAX_TIMESTAMP:
        raise TokenRejected(Reason.INVALID_CLAIM)
    return value


def _strings(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(_is_text(item) for item in value):
        raise TokenRejected(Reason.INVALID_CLAIM)
    return value


def _is_text(value: Any) -> bool:
    """Whether it is a string that can be compared, hashed and written without surprises.

    Control characters and lone surrogates, which JSON can carry, are not printable.
    """
    return isinstance(value, str) and value.isprintable() and not value.isspace() and value != ""
