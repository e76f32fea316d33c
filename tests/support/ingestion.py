"""A loopback Application Insights: takes what the Breeze protocol sends and keeps it.

POST /v2.1/track carries gzipped JSON lines, one an item, each with `name`, `tags` and
`data.baseType`/`data.baseData`; the answer counts what was received and accepted.
"""

from __future__ import annotations

import gzip
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

from typing_extensions import override

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

_PATIENCE_SECONDS = 15


class Ingestion:
    """The endpoint; a context manager.

    Attributes:
        url: its address.
        items: the telemetry items, as they came.
        authorizations: the `Authorization` header of each batch.
        behaviour: "ok"; "error" answers 500, "hang" answers nothing, until it recovers.

    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.items: list[dict[str, Any]] = []
        self.authorizations: list[str | None] = []
        self.behaviour = "ok"
        self.recovered = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.ingestion = self
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        scheme = "http" if tls is None else "https"
        self.url = f"{scheme}://localhost:{self._server.server_address[1]}/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def connection_string(self) -> str:
        key = "00000000-0000-0000-0000-00000000c0de"
        return f"InstrumentationKey={key};IngestionEndpoint={self.url};LiveEndpoint={self.url}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.recover()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def recover(self) -> None:
        self.behaviour = "ok"
        self.recovered.set()

    def wait_for(self, wanted: Callable[[Arrived], Any]) -> Arrived:
        """What has arrived, as soon as it has what is wanted."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            arrived = Arrived(list(self.items))
            if wanted(arrived):
                return arrived
            time.sleep(0.02)
        raise AssertionError(f"not among what arrived: {json.dumps(self.items, indent=1)}")


class Arrived:
    """Telemetry items, told apart by kind."""

    def __init__(self, items: list[dict[str, Any]]) -> None:
        self.items = items

    def of(self, base_type: str) -> list[dict[str, Any]]:
        """Those of one kind: RequestData, RemoteDependencyData, MessageData, ExceptionData..."""
        return [item for item in self.items if item["data"]["baseType"] == base_type]

    def lines(self, event: str = "request", **properties: str) -> list[dict[str, Any]]:
        """The log records of one event, with these properties."""
        wanted = {"event": event, **properties}
        return [
            item
            for item in (*self.of("MessageData"), *self.of("ExceptionData"))
            if wanted.items() <= properties_of(item).items()
        ]

    def spans(self, trace_id: str) -> list[dict[str, Any]]:
        """The requests and dependencies of one operation."""
        kinds = (*self.of("RequestData"), *self.of("RemoteDependencyData"))
        return [item for item in kinds if item["tags"]["ai.operation.id"] == trace_id]

    def metrics(self) -> dict[str, list[dict[str, Any]]]:
        """Every metric's data points and properties, by its name."""
        found: dict[str, list[dict[str, Any]]] = {}
        for item in self.of("MetricData"):
            for point in item["data"]["baseData"]["metrics"]:
                found.setdefault(point["name"], []).append({**properties_of(item), **point})
        return found

    def text(self) -> str:
        return json.dumps(self.items)


def properties_of(item: dict[str, Any]) -> dict[str, Any]:
    """An item's custom dimensions."""
    found: dict[str, Any] = item["data"]["baseData"].get("properties") or {}
    return found


class _Server(ThreadingHTTPServer):
    ingestion: Ingestion
    daemon_threads = True

    @override
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that gave up is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        ingestion = self.server.ingestion
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if ingestion.behaviour == "hang":
            ingestion.recovered.wait(30)
        if ingestion.behaviour != "ok" or not self.path.startswith("/v2"):
            self._answer(500 if self.path.startswith("/v2") else 404, {})
            return
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        items = [json.loads(line) for line in body.splitlines() if line.strip()]
        if body.lstrip().startswith(b"["):
            items = json.loads(body)
        ingestion.authorizations.append(self.headers.get("Authorization"))
        ingestion.items.extend(items)
        answer = {"itemsReceived": len(items), "itemsAccepted": len(items), "errors": []}
        self._answer(200, answer)

    def _answer(self, status: int, document: dict[str, Any]) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @override
    def log_message(self, format: str, *args: Any) -> None:
        """Tests look at `items` instead."""
