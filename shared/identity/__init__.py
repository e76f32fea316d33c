"""Bearer token to Principal. Knows JWT and JWKS; knows nothing about HTTP routes."""

from shared.identity.errors import IdentityError, KeysUnavailable, Reason, TokenRejected
from shared.identity.principal import Principal
from shared.identity.settings import IdentitySettings
from shared.identity.verifier import TokenVerifier
from shared.identity.warming import warm_up

__all__ = [
    "IdentityError",
    "IdentitySettings",
    "KeysUnavailable",
    "Principal",
    "Reason",
    "TokenRejected",
    "TokenVerifier",
    "warm_up",
]
