"""Managed identity: one bearer token for all deployments, refreshed before it expires."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from azure.core.credentials import AccessToken

logger = logging.getLogger(__name__)

REFRESH_BEFORE = 240.0
"""Seconds before expiry; below azure-identity's own 300, so that it fetches instead of caching."""

RETRY_REFRESH = 30.0
"""Seconds between failed refreshes while the present token still holds."""


class NoTokenError(Exception):
    """The identity yields no token."""


class Credential(Protocol):
    """The part of azure-identity's asynchronous credentials that is used here."""

    async def get_token(self, *scopes: str) -> AccessToken:
        """Fetch a token for these scopes, or return a cached one."""
        ...

    async def close(self) -> None:
        """Close its connections."""
        ...


class TokenSource:
    """The token of one scope.

    However many ask, one refresh runs at a time, and nobody waits for it while the present
    token still holds. The credential is made at first use: importing azure.identity takes most of
    a second, so it happens in a thread.
    """

    def __init__(
        self,
        scope: str,
        credential: Callable[[], Credential] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._scope = scope
        self._make_credential = credential or _default_credential
        self._clock = clock
        self._credential: Credential | None = None
        self._making = asyncio.Lock()
        self._token: AccessToken | None = None
        self._refresh_at = 0.0
        self._refreshing: asyncio.Task[None] | None = None

    async def token(self) -> str:
        """Return a token that still holds.

        Raises:
            NoTokenError: there is none to be had.

        """
        now = self._clock()
        self._refresh_soon()
        if self._token is not None and now < self._token.expires_on:
            return self._token.token
        if self._refreshing is not None:
            # Shielded: one caller's deadline must not take the token from the others.
            await asyncio.shield(self._refreshing)
        if self._token is None or self._clock() >= self._token.expires_on:
            raise NoTokenError
        return self._token.token

    async def warm_up(self) -> None:
        """Make the credential, and begin to fetch the first token."""
        await self._made_credential()
        self._refresh_soon()

    async def aclose(self) -> None:
        """Stop a refresh under way and close the credential."""
        if self._refreshing is not None:
            self._refreshing.cancel()
            await asyncio.gather(self._refreshing, return_exceptions=True)
        if self._credential is not None:
            await self._credential.close()

    def _refresh_soon(self) -> None:
        """Unless the token still holds for long, or that happens already."""
        if self._clock() >= self._refresh_at and self._refreshing is None:
            self._refreshing = asyncio.create_task(self._refresh())

    async def _made_credential(self) -> Credential:
        async with self._making:  # a request may come while the warm-up makes it
            if self._credential is None:
                self._credential = await asyncio.to_thread(self._make_credential)
        return self._credential

    async def _refresh(self) -> None:
        try:
            credential = await self._made_credential()
            self._token = await credential.get_token(self._scope)
            self._refresh_at = self._token.expires_on - REFRESH_BEFORE
        except Exception as error:  # noqa: BLE001 -- credentials raise what their platform raises
            holds = self._token is not None and self._clock() < self._token.expires_on
            self._refresh_at = self._clock() + (RETRY_REFRESH if holds else 0.0)
            # Its text can quote the identity endpoint's answer, so only its kind is logged.
            kind = type(error).__name__
            logger.warning("token_refresh_failed error=%s still_valid=%s", kind, holds)
        finally:
            self._refreshing = None


def _default_credential() -> Credential:
    from azure.core.pipeline.transport import (  # noqa: PLC0415 -- heavy: at first use
        AsyncioRequestsTransport,
    )
    from azure.identity.aio import DefaultAzureCredential  # noqa: PLC0415 -- heavy: at first use

    # The default transport is aiohttp's, which nothing else here needs.
    return DefaultAzureCredential(transport=AsyncioRequestsTransport())
