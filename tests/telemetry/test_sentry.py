"""Unhandled errors at Sentry (SENTRY_DSN)."""

from __future__ import annotations

import gzip
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.telemetry.starting import Start


class Sentry:
    """A loopback Sentry: keeps the events of the envelopes that it is sent.

    Attributes:
        events: what arrived.
        answers: cleared, it takes what it is sent and does not answer.

    """

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.answers = threading.Event()
        self.answers.set()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.sentry = self
        self.dsn = f"http://key@127.0.0.1:{self._server.server_address[1]}/1"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def close(self) -> None:
        self.answers.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def wait_for_event(self) -> dict[str, Any]:
        deadline = time.monotonic() + 10
        while not self.events and time.monotonic() < deadline:
            time.sleep(0.02)
        return self.events[0]


class _Server(ThreadingHTTPServer):
    sentry: Sentry
    daemon_threads = True

    @override
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that gave up is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        _, *items = [json.loads(line) for line in body.splitlines() if line]
        self.server.sentry.events += [
            payload
            for header, payload in zip(items[::2], items[1::2], strict=True)
            if header["type"] == "event"
        ]
        self.server.sentry.answers.wait()
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    @override
    def log_message(self, format: str, *args: Any) -> None:
        """Tests look at `events` instead."""


@pytest.fixture
def sentry() -> Iterator[Sentry]:
    sentry = Sentry()
    yield sentry
    sentry.close()


def test_an_unforeseen_error_is_reported_with_its_request_id_and_place(
    start: Start, sentry: Sentry
) -> None:
    with start(SENTRY_DSN=sentry.dsn) as service:
        service.get("boom", headers={"X-Request-ID": "accident", "X-Words": "words"})
        event = sentry.wait_for_event()

    exceptions = event["exception"]["values"]
    assert event["tags"]["request_id"] == "accident"
    assert [exception["type"] for exception in exceptions] == ["KeyError", "RuntimeError"]
    assert exceptions[-1]["stacktrace"]["frames"][-1]["function"] == "boom"


def test_a_report_holds_no_words_variables_headers_or_host(start: Start, sentry: Sentry) -> None:
    with start(SENTRY_DSN=sentry.dsn) as service:
        token = service.token_for("candidate")
        service.get("boom", token=token, headers={"X-Words": "s3cr3t-words"})
        event = sentry.wait_for_event()

    text = json.dumps(event)
    for secret in ("s3cr3t", token, "127.0.0.1", '"vars"', "Authorization"):
        assert secret not in text


def test_errors_that_were_foreseen_are_not_reported(start: Start, sentry: Sentry) -> None:
    with start(SENTRY_DSN=sentry.dsn) as service:
        service.get("nowhere")
        service.get("topics", roles=None)

    assert sentry.events == []


def test_a_dsn_that_is_none_is_reported_without_its_value(start: Start) -> None:
    with start(SENTRY_DSN="s3cr3t") as service:
        assert service.get("health", roles=None).status_code == 200

        assert "telemetry_not_started what=sentry" in service.logs()
        assert "s3cr3t" not in service.logs()


def test_without_sentry_sdk_the_log_says_what_to_install(start: Start, tmp_path: Path) -> None:
    absent = "raise ModuleNotFoundError(\"No module named 'sentry_sdk'\", name='sentry_sdk')\n"
    (tmp_path / "sentry_sdk.py").write_text(absent)
    with start(SENTRY_DSN="http://key@127.0.0.1:1/1", PYTHONPATH=str(tmp_path)) as service:
        assert service.get("boom", headers={"X-Words": "words"}).status_code == 500

        assert "telemetry_not_started what=sentry: sentry_sdk is not installed" in service.logs()


def test_a_sentry_that_hangs_stands_in_nobodys_way(start: Start, sentry: Sentry) -> None:
    sentry.answers.clear()
    with start(SENTRY_DSN=sentry.dsn) as service:
        statuses = [service.get("boom", headers={"X-Words": "words"}).status_code for _ in range(5)]

    assert statuses == [500] * 5


def test_what_is_still_to_be_sent_when_the_process_ends_is_sent(
    start: Start, sentry: Sentry
) -> None:
    sentry.answers.clear()
    with start(SENTRY_DSN=sentry.dsn) as service:
        for _ in range(3):
            service.get("boom", headers={"X-Words": "words"})
        sentry.wait_for_event()
        threading.Timer(0.2, sentry.answers.set).start()

    assert len(sentry.events) == 3
