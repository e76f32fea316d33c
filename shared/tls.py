"""The certificates that this service trusts, read once for everything that calls out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl


@cache
def trust() -> ssl.SSLContext:
    """Read them, which takes tens of milliseconds; good for any event loop."""
    import httpx2  # noqa: PLC0415 - heavy: at first use

    return httpx2.create_ssl_context()
