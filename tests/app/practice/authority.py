"""Microsoft's sign-in as far as a browser sees it: discovery, authorisation, token."""

from __future__ import annotations

import base64
import json
import time
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Route

_TENANT = "11111111-2222-4333-8444-555555555555"
_BASE = f"https://login.microsoftonline.com/{_TENANT}"


class Authority:
    """Answers the requests of a page that signs somebody in.

    Attributes:
        asked: the parameters with which the browser was sent to sign in.

    """

    def __init__(self, access_token: str) -> None:
        self._access_token = access_token
        self.asked: dict[str, str] = {}

    def answer(self, route: Route) -> None:
        """Answer one request of the browser's."""
        path = urlsplit(route.request.url).path
        if path.endswith("/authorize"):
            self._send_back(route)
        elif path.endswith("/token"):
            self._give_token(route)
        else:
            route.fulfill(json=_metadata(), headers={"Access-Control-Allow-Origin": "*"})

    def _send_back(self, route: Route) -> None:
        self.asked = dict(parse_qsl(urlsplit(route.request.url).query))
        answer = urlencode({"code": "one-time-code", "state": self.asked["state"]})
        location = f"{self.asked['redirect_uri']}#{answer}"
        route.fulfill(status=302, headers={"Location": location})

    def _give_token(self, route: Route) -> None:
        now = int(time.time())
        claims = {
            "iss": f"{_BASE}/v2.0",
            "aud": self.asked["client_id"],
            "sub": "somebody",
            "oid": "somebody",
            "tid": _TENANT,
            "preferred_username": "somebody@school.example",
            "nonce": self.asked["nonce"],
            "iat": now,
            "exp": now + 3600,
        }
        client_info = _encoded({"uid": "somebody", "utid": _TENANT})
        route.fulfill(
            headers={"Access-Control-Allow-Origin": "*"},
            json={
                "token_type": "Bearer",
                "scope": self.asked["scope"],
                "expires_in": 3600,
                "access_token": self._access_token,
                "id_token": f"{_encoded({'alg': 'RS256'})}.{_encoded(claims)}.unread",
                "client_info": client_info,
            },
        )


def _metadata() -> dict[str, object]:
    return {
        "issuer": f"{_BASE}/v2.0",
        "authorization_endpoint": f"{_BASE}/oauth2/v2.0/authorize",
        "token_endpoint": f"{_BASE}/oauth2/v2.0/token",
        "end_session_endpoint": f"{_BASE}/oauth2/v2.0/logout",
        "jwks_uri": f"{_BASE}/discovery/v2.0/keys",
        "tenant_discovery_endpoint": f"{_BASE}/v2.0/.well-known/openid-configuration",
        "metadata": [],
    }


def _encoded(content: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()
