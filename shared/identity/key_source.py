"""Signing keys fetched from the issuer over HTTP."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from shared.identity.addresses import is_loopback, may_refer
from shared.identity.keys import SigningKey, is_key_set, usable_keys
from shared.identity.strict_json import read_object
from shared.identity.warming import warm_up
from shared.tls import trust

if TYPE_CHECKING:
    from httpx2 import AsyncClient

    from shared.identity.issuers import TrustedIssuers
    from shared.identity.settings import IdentitySettings

_MAX_DOCUMENT_BYTES = 256 * 1024


class FetchFailed(Exception):
    """The issuer gave no set of keys; the message is a snake_case class of the cause."""


class KeySource:
    """The issuer's JWK Set, found by its address or by OpenID Connect discovery."""

    def __init__(self, settings: IdentitySettings, issuers: TrustedIssuers) -> None:
        self._settings = settings
        self._issuers = issuers

    async def fetch(self) -> dict[str, SigningKey]:
        """Fetch the keys now, by `kid`; none where the issuer publishes none that is of use.

        Redirects are not followed, so that keys come from the configured host and no other.

        Raises:
            FetchFailed: no answer, or none that makes sense, within the timeout.

        """
        try:
            # Imports and certificates take a few hundred milliseconds at first: not on the loop.
            client = await asyncio.to_thread(self._make_client)
        except Exception as error:  # whatever is wrong with proxies and certificates
            raise FetchFailed("no_client") from error
        from httpx2 import HTTPError, InvalidURL  # noqa: PLC0415 - imported in the thread above

        try:
            async with asyncio.timeout(self._settings.fetch_timeout), client:
                document = await _get_object(client, await self._jwks_url(client))
        except TimeoutError as error:
            raise FetchFailed("timeout") from error
        except (HTTPError, InvalidURL) as error:
            raise FetchFailed("no_connection") from error
        if not is_key_set(document):
            raise FetchFailed("answer_no_key_set")
        return usable_keys(document, self._settings.algorithms)

    def _make_client(self) -> AsyncClient:
        """Import what a fetch needs, read the trusted certificates, and look for a proxy."""
        warm_up()
        from httpx2 import AsyncClient  # noqa: PLC0415 - imported by the warm-up

        first_url = self._settings.jwks_url or self._issuers.discovery_url
        return AsyncClient(
            verify=trust(),
            timeout=None,  # the whole fetch has one
            trust_env=not is_loopback(first_url),  # a proxy has no business on loopback
            headers={"Accept": "application/json", "Accept-Encoding": "identity"},
        )

    async def _jwks_url(self, client: AsyncClient) -> str:
        if self._settings.jwks_url is not None:
            return self._settings.jwks_url
        discovery_url = self._issuers.discovery_url
        description = await _get_object(client, discovery_url)
        if description.get("issuer") != self._issuers.described_issuer:
            raise FetchFailed("discovery_names_another_issuer")
        url = description.get("jwks_uri")
        if not isinstance(url, str) or not may_refer(discovery_url, url):
            raise FetchFailed("discovery_names_no_safe_jwks_uri")
        return url


async def _get_object(client: AsyncClient, url: str) -> dict[str, Any]:
    """GET one JSON object of limited size."""
    async with client.stream("GET", url) as response:
        if response.status_code != 200:  # noqa: PLR2004 - HTTP's own number for OK
            raise FetchFailed(f"status_{response.status_code}")
        body = bytearray()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > _MAX_DOCUMENT_BYTES:
                raise FetchFailed("answer_too_large")
    try:
        return read_object(bytes(body))
    except ValueError as error:
        raise FetchFailed("answer_not_json") from error
