"""Every place beside its standard streams to which an app can write what happens, at once."""

from __future__ import annotations

import json
import socketserver
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from typing_extensions import override

from tests.support.ingestion import Ingestion
from tests.telemetry.starting import OWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Outputs:
    """A log file, a Logstash listener and an Application Insights.

    Attributes:
        settings: the app's settings that switch them on.
        written: what each has got so far; all there is once the app has ended.

    """

    settings: dict[str, str]
    written: Callable[[], dict[str, str]]


@contextmanager
def every_output(folder: Path) -> Iterator[Outputs]:
    """All of them, with the log file in that folder."""
    log_file = folder / "app.log"
    with (
        Ingestion() as ingestion,
        _Listener(("127.0.0.1", 0), _Handler) as listener,
    ):
        threading.Thread(target=listener.serve_forever, args=(0.01,)).start()
        settings = {
            **OWN.settings(ingestion.connection_string),
            "LOG_FILE": str(log_file),
            "LOGSTASH_URL": f"tcp://127.0.0.1:{listener.server_address[1]}",
        }

        def written() -> dict[str, str]:
            return {
                "file": log_file.read_text("utf-8"),
                "logstash": b"".join(listener.received).decode("utf-8"),
                "telemetry": json.dumps(ingestion.items, ensure_ascii=False),
            }

        try:
            yield Outputs(settings, written)
        finally:
            listener.shutdown()


class _Listener(socketserver.ThreadingTCPServer):
    """Keeps every byte."""

    daemon_threads = True

    @override
    def server_activate(self) -> None:
        self.received: list[bytes] = []
        super().server_activate()


class _Handler(socketserver.StreamRequestHandler):
    server: _Listener

    @override
    def handle(self) -> None:
        self.server.received.extend(self.rfile)
