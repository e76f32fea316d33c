"""Signing keys, as an issuer publishes them (JWK Set, RFC 7517)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jwt import PyJWK

# What a key must be to verify each algorithm (RFC 7518 and 8037). Symmetric algorithms are not
# here on purpose: whoever can verify those can also sign.
KEY_TYPES: Final[Mapping[str, tuple[str, str | None]]] = {
    "RS256": ("RSA", None),
    "RS384": ("RSA", None),
    "RS512": ("RSA", None),
    "PS256": ("RSA", None),
    "PS384": ("RSA", None),
    "PS512": ("RSA", None),
    "ES256": ("EC", "P-256"),
    "ES384": ("EC", "P-384"),
    "ES512": ("EC", "P-521"),
    "EdDSA": ("OKP", "Ed25519"),
}
_MIN_RSA_BITS = 2048


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One public key that may verify tokens; equal to another if published in the same words.

    Attributes:
        jwk: the key as published.
        verifiers: the key made ready for each algorithm that it may verify.

    """

    jwk: Mapping[str, Any]
    verifiers: Mapping[str, PyJWK] = field(compare=False, repr=False)

    @property
    def issuer(self) -> str | None:
        """The issuer that Entra binds the key to, with `{tenantid}` for any tenant; or None."""
        issuer = self.jwk.get("issuer")
        return issuer if isinstance(issuer, str) else None


def is_key_set(document: Mapping[str, Any]) -> bool:
    """Whether it is a JWK Set, be it one without a key: that is how the last key is withdrawn."""
    published = document.get("keys")
    if not isinstance(published, list):
        return False
    return not published or any(isinstance(jwk, dict) for jwk in published)


def usable_keys(document: Mapping[str, Any], algorithms: Iterable[str]) -> dict[str, SigningKey]:
    """Pick from a JWK Set the keys that may verify any of the algorithms, by `kid`.

    Left out are keys without a `kid`, for another use or algorithm, too weak, broken, symmetric,
    or published with their private half. The first of a `kid` counts.
    """
    keys: dict[str, SigningKey] = {}
    for jwk in document["keys"]:
        if isinstance(jwk, dict) and _is_for_verifying(jwk) and jwk["kid"] not in keys:
            verifiers = {a: key for a in algorithms if (key := _verifier(jwk, a)) is not None}
            if verifiers:
                keys[jwk["kid"]] = SigningKey(jwk, verifiers)
    return keys


def _is_for_verifying(jwk: Mapping[str, Any]) -> bool:
    operations = jwk.get("key_ops", ["verify"])
    return (
        isinstance(jwk.get("kid"), str)
        and jwk.get("use", "sig") == "sig"
        and isinstance(operations, list)
        and "verify" in operations
        and "d" not in jwk
    )


def _verifier(jwk: dict[str, Any], algorithm: str) -> PyJWK | None:
    from jwt import PyJWK, PyJWTError  # noqa: PLC0415 - a quarter of a second: at first use

    kty, curve = KEY_TYPES[algorithm]
    if jwk.get("kty") != kty or jwk.get("alg", algorithm) != algorithm:
        return None
    if curve is not None and jwk.get("crv") != curve:
        return None
    try:
        key = PyJWK(jwk, algorithm)
    except (PyJWTError, ValueError, TypeError):
        return None
    if kty == "RSA" and key.key.key_size < _MIN_RSA_BITS:
        return None
    return key
