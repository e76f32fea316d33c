"""A real issuer on the loopback address that a test can script."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from tests.support.keys import public_jwk, rsa_key
from tests.support.tokens import sign

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

AUDIENCE = "api://test"
DISCOVERY = "/.well-known/openid-configuration"
JWKS = "/jwks.json"


@dataclass
class Answer:
    """What the issuer answers, byte for byte."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Clock:
    """A clock that moves when told to (seconds since the epoch)."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


class Issuer:
    """An issuer with one RSA key, `first`, to begin with.

    Attributes:
        url: its address, which is also its `iss`.
        keys: what its JWK Set publishes, in order.
        description: what its discovery document says.
        scripted: answers that replace the regular ones, by path.
        fetched: paths asked for so far.
        held: while cleared, answers are held back.

    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.issuer = self
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.keys: list[dict[str, Any]] = [public_jwk(rsa_key("first"), "first")]
        self.description: dict[str, Any] = {"issuer": self.url, "jwks_uri": self.url + JWKS}
        self.scripted: dict[str, Answer] = {}
        self.fetched: list[str] = []
        self.held = threading.Event()
        self.held.set()
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.005,))
        self._thread.start()

    @property
    def jwks_url(self) -> str:
        return self.url + JWKS

    @property
    def fetches(self) -> int:
        """How often its keys were asked for."""
        return self.fetched.count(JWKS)

    def close(self) -> None:
        self.held.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def fail(self, status: int = 503) -> None:
        """Answer nothing but this status from now on."""
        self.scripted = {path: Answer(b"{}", status) for path in (DISCOVERY, JWKS)}

    def recover(self) -> None:
        self.scripted = {}

    def rotate(self, kid: str) -> None:
        """Replace the key by another of that name."""
        self.keys = [public_jwk(rsa_key(kid), kid)]

    def claims(self, **changes: Any) -> dict[str, Any]:
        """Claims of a good token; None takes a claim away."""
        now = int(self.clock.now)
        good = {
            "iss": self.url,
            "aud": AUDIENCE,
            "sub": "someone",
            "roles": ["candidate"],
            "iat": now,
            "nbf": now,
            "exp": now + 3600,
        }
        return {k: v for k, v in {**good, **changes}.items() if v is not None}

    def header(self, **changes: Any) -> dict[str, Any]:
        """Header of a good token; None takes a member away."""
        good = {"alg": "RS256", "kid": "first", "typ": "JWT"}
        return {k: v for k, v in {**good, **changes}.items() if v is not None}

    def mint(self, kid: str = "first", **claims: Any) -> str:
        """A good token, but for the claims given."""
        return sign(self.header(kid=kid), self.claims(**claims), rsa_key(kid))

    def mint_raw(self, payload: bytes) -> str:
        """A token with a true signature over any payload."""
        return sign(self.header(), payload, rsa_key("first"))

    def mint_headed(self, header: Mapping[str, Any] | bytes) -> str:
        """A token with a true signature over any header."""
        return sign(header, self.claims(), rsa_key("first"))

    def answer(self, path: str) -> Answer:
        if path in self.scripted:
            return self.scripted[path]
        documents = {DISCOVERY: self.description, JWKS: {"keys": self.keys}}
        if path not in documents:
            return Answer(b"{}", 404)
        return Answer(json.dumps(documents[path]).encode())


def running_issuer(clock: Clock) -> Iterator[Issuer]:
    """For a fixture: an issuer that runs until the test is over."""
    issuer = Issuer(clock)
    try:
        yield issuer
    finally:
        issuer.close()


class _Server(ThreadingHTTPServer):
    issuer: Issuer

    @override
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that gave up is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        issuer = self.server.issuer
        issuer.fetched.append(self.path)
        answer = issuer.answer(self.path)
        issuer.held.wait(timeout=10)
        self.send_response(answer.status)
        for name, value in {"Content-Type": "application/json", **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    @override
    def log_message(self, format: str, *args: Any) -> None:
        """Tests look at `fetched` instead."""
