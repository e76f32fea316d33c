"""One SDK client a backend, built once and reused: the only place that imports openai."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from shared.azure_openai.backends import Backend, Kind
from shared.azure_openai.sdk_on_demand import sdk_on_demand
from shared.tls import trust

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from openai import AsyncOpenAI

KEYLESS = "no-key"
"""Sent to a server without keys; the SDK would otherwise take OPENAI_API_KEY instead."""


def build_client(
    backend: Backend,
    token: Callable[[], Awaitable[str]],
    *,
    connect_seconds: float,
) -> AsyncOpenAI:
    """Build the client of one backend; needs no event loop, but time: openai is imported.

    The SDK never retries: which deployment is asked next, and when, is decided across all of them.
    Redirects are not followed: the key would travel with them.
    """
    import httpx2  # noqa: PLC0415 -- heavy: at first use

    with sdk_on_demand():
        from openai import AsyncAzureOpenAI, AsyncOpenAI  # noqa: PLC0415 -- heavy: at first use

    from shared.azure_openai.transport import ReusingTransport  # noqa: PLC0415 -- imports httpx2

    http = httpx2.AsyncClient(
        # Whoever sends waits for the whole answer at most so long: a timer a read is not needed.
        timeout=httpx2.Timeout(None, connect=connect_seconds),
        verify=trust(),
        # A mount rather than the transport: proxies named in the environment keep their right.
        mounts={"all://*": ReusingTransport(trust())},
        follow_redirects=False,
        # Answers are short, and what is not compressed cannot grow while it is read.
        headers={"Accept-Encoding": "identity"},
    )
    key = backend.api_key.get_secret_value() if backend.api_key else None
    client: AsyncOpenAI
    if backend.kind is Kind.AZURE and backend.api_version:
        client = AsyncAzureOpenAI(
            azure_endpoint=_resource(backend.endpoint),
            azure_deployment=quote(backend.deployment, safe=""),
            api_version=backend.api_version,
            api_key=key,
            azure_ad_token_provider=None if key else token,
            max_retries=0,
            http_client=http,
        )
    else:
        client = AsyncOpenAI(
            base_url=_base_url(backend),
            api_key=key or (token if backend.uses_identity else KEYLESS),
            max_retries=0,
            http_client=http,
        )
    # The SDK takes both from the environment and would send them to whatever server this is.
    client.organization = client.project = None
    return client


def _base_url(backend: Backend) -> str:
    if backend.kind is Kind.OPENAI:
        return backend.endpoint
    return f"{_resource(backend.endpoint)}/openai/v1/"


def _resource(endpoint: str) -> str:
    """Reduce to the resource's own address; people paste the path of the v1 API as well."""
    bare = endpoint.rstrip("/")
    return bare.removesuffix("/v1").removesuffix("/openai")
