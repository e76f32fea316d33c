"""Bearer token to principal."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from shared.identity.claims import check_audience, check_issuer, check_times, read_principal
from shared.identity.errors import Reason, TokenRejected
from shared.identity.issuers import trusted_issuers
from shared.identity.jws import MAX_TOKEN_CHARACTERS, take_apart
from shared.identity.key_cache import KeyCache
from shared.identity.key_source import KeySource
from shared.identity.remembered import RememberedTokens
from shared.identity.strict_json import read_object

if TYPE_CHECKING:
    from collections.abc import Callable

    from shared.identity.keys import SigningKey
    from shared.identity.principal import Principal
    from shared.identity.settings import IdentitySettings

# A token of 1 KiB is remembered in some 400 bytes.
MAX_REMEMBERED = 4096
# So long at most a withdrawn key goes unnoticed by those who no longer need it.
REMEMBER_SECONDS = 300.0


class TokenVerifier:
    """Verifies bearer tokens of one issuer.

    One for a worker; cheap to make: nothing is imported or fetched before the first token.

    Args:
        settings: the terms.
        clock: seconds since the epoch.

    """

    def __init__(
        self, settings: IdentitySettings, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._issuers = trusted_issuers(settings.issuer, settings.allowed_tenants)
        self._remembered = RememberedTokens(MAX_REMEMBERED)
        self._keys = KeyCache(
            KeySource(settings, self._issuers).fetch,
            max_age=settings.keys_max_age,
            stale_for=settings.stale_keys_for,
            clock=clock,
            on_change=self._remembered.clear,
        )

    async def verify(self, token: str) -> Principal:
        """Verify a token, without "Bearer " before it, and return its principal.

        A token seen a moment ago costs a few microseconds, a new one some hundred.

        Raises:
            TokenRejected: the token does not identify anybody.
            KeysUnavailable: the issuer's keys cannot be had.

        """
        principal = self.remembered(token)
        if principal is None:
            unverified = take_apart(token, self._settings.algorithms)
            key = await self._keys.find(unverified.kid)
            principal = self._accept(unverified.verified_payload(key), key, token)
        return principal

    def remembered(self, token: str) -> Principal | None:
        """Return the principal of a token that was verified a moment ago and still holds."""
        if len(token) > MAX_TOKEN_CHARACTERS or not token.isascii():
            return None
        return self._remembered.get(token, self._clock())

    def cached(self) -> dict[str, int]:
        """How much of what is kept."""
        return {"remembered_tokens": len(self._remembered), "signing_keys": len(self._keys)}

    def _accept(self, payload: bytes, key: SigningKey, token: str) -> Principal:
        """Check the claims of a token whose signature is verified, and remember it."""
        try:
            claims = read_object(payload)
        except ValueError:
            raise TokenRejected(Reason.MALFORMED) from None  # the cause quotes the token
        now = self._clock()
        check_issuer(claims, self._issuers, key)
        check_audience(claims, self._settings.audiences)
        refused_from = check_times(claims, now, self._settings.leeway_seconds)
        principal = read_principal(claims, self._settings)
        self._remembered.put(token, principal, min(refused_from, now + REMEMBER_SECONDS))
        return principal
