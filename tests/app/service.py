"""The service under test, as a frontend sees it: an address and a token."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx2

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = httpx2.Response

_CLIENT = httpx2.Client(timeout=30)
"""One for all tests: making a client reads the machine's certificates each time."""


@dataclass(frozen=True)
class Service:
    """A running app and the tokens that it accepts.

    Attributes:
        base_url: "http://127.0.0.1:PORT", without the route prefix.
        token_for: mints a token with the given roles.
        logs: what the app has logged so far.
        limited: whether rate limits hold that these tests exceed: they wait then.

    """

    base_url: str
    token_for: Callable[..., str]
    logs: Callable[[], str] = field(repr=False)
    limited: bool = False

    def request(
        self,
        method: str,
        path: str,
        *,
        token: str | None = None,
        roles: tuple[str, ...] | None = ("candidate",),
        headers: dict[str, str] | None = None,
        **options: Any,
    ) -> Answer:
        """Call `/api/PATH`; `roles=None` sends no token, `token` sends that one."""
        sent = dict(headers or {})
        if token is None and roles is not None:
            token = self.token_for(*roles)
        if token is not None:
            sent.setdefault("Authorization", f"Bearer {token}")
        while True:
            answer = _CLIENT.request(method, f"{self.base_url}/api/{path}", headers=sent, **options)
            if not (self.limited and _is_rate_limited(answer)):
                return answer
            time.sleep(int(answer.headers["Retry-After"]))

    def get(self, path: str, **options: Any) -> Answer:
        """GET /api/PATH as a candidate, unless told otherwise."""
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> Answer:
        """POST /api/PATH as a candidate, unless told otherwise."""
        return self.request("POST", path, **options)

    def ask(self, **body: Any) -> Answer:
        """POST /api/generate-question with this body."""
        return self.post("generate-question", json=body)


def _is_rate_limited(answer: Answer) -> bool:
    return answer.status_code == 429 and answer.json()["error"]["code"] == "rate_limited"
