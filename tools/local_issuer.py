"""A token issuer for this machine: one signing key, and the two pages an issuer must serve.

    python -m tools.local_issuer --port 7072

The app verifies these tokens exactly as it verifies those of a real issuer. The key is made on
first use and stays in `.local/`, which git ignores; it is good for this machine only.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
from base64 import urlsafe_b64encode
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Mapping

# Names, not addresses: they stay the same whatever port serves the keys.
ISSUER = "http://localhost:7072"
AUDIENCE = "api://ielts-speaking-questions"
DEFAULT_PORT = 7072
KEY_FILE = Path(__file__).resolve().parent.parent / ".local" / "signing-key.pem"


def signing_key(path: Path | None = None) -> rsa.RSAPrivateKey:
    """Return the local signing key (RSA, 2048 bits) in KEY_FILE, made if there is none yet.

    Safe when several processes start at once: they all end up with the same key.
    """
    path = path or KEY_FILE
    if not path.exists():
        _make_key(path)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    return cast("rsa.RSAPrivateKey", key)


def public_jwk(key: rsa.RSAPrivateKey) -> dict[str, str]:
    """Return the public half as a JWK, named by its thumbprint (RFC 7638)."""
    numbers = key.public_key().public_numbers()
    jwk = {"e": _base64url_uint(numbers.e), "kty": "RSA", "n": _base64url_uint(numbers.n)}
    canonical = json.dumps(jwk, sort_keys=True, separators=(",", ":")).encode()
    return {**jwk, "kid": _base64url(sha256(canonical).digest()), "use": "sig", "alg": "RS256"}


class IssuerServer(ThreadingHTTPServer):
    """Serves JSON documents by their path."""

    daemon_threads = True
    documents: Mapping[str, Any]


def serve(port: int = DEFAULT_PORT) -> tuple[IssuerServer, str]:
    """Serve the issuer's pages in a thread, on the loopback address only.

    Args:
        port: 0 for any free one.

    Returns:
        the server, to `shutdown()` and `server_close()`, and its address; the keys are at
        `/jwks.json` there.

    Raises:
        OSError: the port is taken.

    """
    server = IssuerServer(("127.0.0.1", port), _Pages)
    url = f"http://127.0.0.1:{server.server_address[1]}"
    server.documents = {
        "/.well-known/openid-configuration": {"issuer": ISSUER, "jwks_uri": f"{url}/jwks.json"},
        "/jwks.json": {"keys": [public_jwk(signing_key())]},
    }
    threading.Thread(
        target=server.serve_forever, args=(0.05,), name="local-issuer", daemon=True
    ).start()
    return server, url


class _Pages(BaseHTTPRequestHandler):
    server: IssuerServer

    def do_GET(self) -> None:
        document = self.server.documents.get(self.path)
        body = json.dumps(document if document is not None else {"error": "not_found"}).encode()
        self.send_response(HTTPStatus.OK if document is not None else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @override
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: a line for each fetch of the keys would drown the app's own."""


def _make_key(path: Path) -> None:
    """Make the key under another name and link it into place, unless another process was first."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".signing-key-")  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()


def _base64url_uint(number: int) -> str:
    return _base64url(number.to_bytes((number.bit_length() + 7) // 8))


def _base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="Serve the local token issuer's keys.")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    server, url = serve(parser.parse_args().port)
    print(f"Local issuer {ISSUER} serves its keys at {url}/jwks.json", file=sys.stderr)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        server.shutdown()


if __name__ == "__main__":
    main()
