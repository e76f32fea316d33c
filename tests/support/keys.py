"""Real key pairs, each made once for a whole test run, and the JWKs that publish them."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes


@cache
def rsa_key(name: str, bits: int = 2048) -> rsa.RSAPrivateKey:
    """Return the RSA key of that name; the name only tells keys apart."""
    del name
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@cache
def ec_key(curve: type[ec.EllipticCurve] = ec.SECP256R1) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(curve())


@cache
def ed_key() -> ed25519.Ed25519PrivateKey:
    return ed25519.Ed25519PrivateKey.generate()


def public_jwk(key: PrivateKeyTypes, name: str, /, **members: Any) -> dict[str, Any]:
    """Publish the public half under that `kid`; `members` are added, None takes one away."""
    public: Any = key.public_key()
    jwk: str
    if isinstance(key, rsa.RSAPrivateKey):
        jwk = RSAAlgorithm.to_jwk(public)
    elif isinstance(key, ec.EllipticCurvePrivateKey):
        jwk = ECAlgorithm.to_jwk(public)
    else:
        jwk = OKPAlgorithm.to_jwk(public)
    plain = {k: v for k, v in json.loads(jwk).items() if k != "key_ops"}
    merged = {**plain, "kid": name, "use": "sig", **members}
    return {k: v for k, v in merged.items() if v is not None}


def private_jwk(key: rsa.RSAPrivateKey, name: str) -> dict[str, Any]:
    """The whole key, as nobody should publish it."""
    members = json.loads(RSAAlgorithm.to_jwk(key))
    return {**members, "kid": name, "key_ops": ["sign", "verify"]}
