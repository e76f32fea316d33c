"""The pages that the service brings along: the practice page and the API reference."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from shared.http.files import File, Folder

if TYPE_CHECKING:
    from shared.http.call import Call
    from shared.settings import Settings

_WEB = Path(__file__).resolve().parent.parent / "web"
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def _headers(*, connect: str = "", frame: str = "'none'", images: str = "") -> dict[str, str]:
    """A policy under which a page runs its own files only, and talks to nobody but its API."""
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": f"'self' {images}",
        "connect-src": f"'self' {connect}",
        "frame-src": frame,
        "base-uri": "'self'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(
            f"{name} {sources.strip()}" for name, sources in policy.items()
        ),
        "Referrer-Policy": "no-referrer",
    }


class ReferencePage:
    """`GET /docs`: Swagger UI over `openapi.json`."""

    def __init__(self) -> None:
        self._folder = Folder(_WEB / "reference", _headers(images="data:"))

    async def file(self, call: Call) -> File:
        """The page or one of its files.

        Raises:
            NotFound: there is none of that name.

        """
        return await self._folder.file(call)


class PracticePage:
    """`GET /practice`: the page on which a candidate sits questions and tests."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        authority = settings.practice_authority
        issuer = "{0.scheme}://{0.netloc}".format(urlsplit(authority)) if authority else ""
        self._folder = Folder(
            _WEB / "practice", _headers(connect=issuer, frame=issuer or "'none'", images="data:")
        )

    async def file(self, call: Call) -> File:
        """The page, one of its files, or `settings.json`, which is made here.

        Raises:
            NotFound: there is none of that name.

        """
        if call.request.route_params.get("file") == "settings.json":
            content = json.dumps(self._page_settings(call)).encode()
            return File(content, "application/json", {"Cache-Control": "no-store"})
        return await self._folder.file(call)

    def _page_settings(self, call: Call) -> dict[str, Any]:
        """Where the API is and how to sign in; the local token, where there may be one."""
        told: dict[str, Any] = {"api": "../"}
        if self._settings.practice_client_id:
            told["sign_in"] = {
                "client_id": self._settings.practice_client_id,
                "authority": self._settings.practice_authority,
                "scope": self._settings.practice_scope,
            }
        token = self._settings.practice_token
        if token is not None and not self._settings.in_azure and _from_this_machine(call):
            told["token"] = token.get_secret_value()
        return told


def _from_this_machine(call: Call) -> bool:
    """Whether the page itself asks, in a browser on the machine that serves it.

    Another site's script is told apart by Sec-Fetch-Site, which browsers set and scripts cannot;
    a name that was rebound to the loopback address by Host; a tunnel or proxy by its headers.
    """
    headers = call.request.headers
    host = urlsplit(f"//{headers.get('Host', '')}").hostname
    return (
        host in _LOOPBACK
        and headers.get("Sec-Fetch-Site") == "same-origin"
        and not any(headers.get(name) for name in ("Forwarded", "X-Forwarded-For", "Via"))
    )
