"""Export with Entra sign-in instead of the instrumentation key alone."""

from __future__ import annotations

import ipaddress
import json
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID
from typing_extensions import override

from tests.support.ingestion import Ingestion
from tests.support.keys import rsa_key
from tests.telemetry.starting import EXPORTING, SetUp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.running_app import HostKind
    from tests.telemetry.starting import Start


class _Identity(BaseHTTPRequestHandler):
    """App Service's endpoint for managed identities, api-version 2019-08-01."""

    def do_GET(self) -> None:
        expires = int(time.time()) + 3600
        token = {"access_token": "entra-token", "expires_on": expires, "token_type": "Bearer"}
        body = json.dumps({**token, "resource": "https://monitor.azure.com/"}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @override
    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads it."""


@pytest.fixture
def identity() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Identity)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/msi/token"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for localhost, and its key, in one file; azure-core signs in over TLS only."""
    key = rsa_key("tls")
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    path = tmp_path / "localhost.pem"
    path.write_bytes(
        signed.public_bytes(pem)
        + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


@pytest.mark.parametrize(("kind", "set_up"), EXPORTING[:2], ids=lambda p: getattr(p, "name", p))
def test_each_batch_carries_the_managed_identitys_token(
    start: Start, identity: str, certificate: Path, kind: HostKind, set_up: SetUp
) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    with Ingestion(tls) as ingestion:
        sign_in = {
            "APPLICATIONINSIGHTS_AUTHENTICATION_STRING": "Authorization=AAD",
            "IDENTITY_ENDPOINT": identity,
            "IDENTITY_HEADER": "secret-header",
            "REQUESTS_CA_BUNDLE": str(certificate),
        }
        settings = set_up.settings(ingestion.connection_string)
        with start(kind, **settings, **sign_in) as service:
            service.get("health", roles=None, headers={"X-Request-ID": "signed-in"})
            ingestion.wait_for(lambda got: got.lines(request_id="signed-in"))

        assert set(ingestion.authorizations) == {"Bearer entra-token"}
        assert "entra-token" not in json.dumps(ingestion.items)
