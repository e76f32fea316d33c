"""The log as JSON over TCP (LOGSTASH_URL), to a listener that comes and goes."""

from __future__ import annotations

import json
import logging
import socket
import socketserver
import threading
import time
from typing import TYPE_CHECKING, Any, Self

import pytest
from typing_extensions import override

from shared.telemetry import logstash
from tests.support.ports import free_port
from tests.telemetry.waiting import wait_until

if TYPE_CHECKING:
    from tests.telemetry.starting import Start


class Listener:
    """A Logstash TCP input with the json_lines codec; a context manager.

    Attributes:
        events: what arrived, by request id.

    """

    def __init__(self, port: int) -> None:
        self.events: dict[str, list[dict[str, Any]]] = {}
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.listener = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def wait_for(self, request_id: str) -> list[dict[str, Any]]:
        wait_until(lambda: request_id in self.events)
        return self.events[request_id]


class _Server(socketserver.ThreadingTCPServer):
    listener: Listener
    daemon_threads = True
    allow_reuse_address = True


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    @override
    def handle(self) -> None:
        for line in self.rfile:
            event = json.loads(line)
            self.server.listener.events.setdefault(event.get("request_id", ""), []).append(event)


def test_every_line_arrives_once_with_its_fields(start: Start) -> None:
    port = free_port()
    with Listener(port) as listener, start(LOGSTASH_URL=f"tcp://127.0.0.1:{port}") as service:
        service.get("health", roles=None, headers={"X-Request-ID": "sent"})
        [event] = listener.wait_for("sent")

    assert event["event"] == "request"
    assert event["status"] == 200
    assert event["timestamp"]


def test_lines_survive_a_listener_that_is_killed_and_restarted(start: Start) -> None:
    port = free_port()
    with start(LOGSTASH_URL=f"tcp://127.0.0.1:{port}") as service:
        with Listener(port) as first:
            service.get("health", roles=None, headers={"X-Request-ID": "before"})
            first.wait_for("before")

        answer = service.get("health", roles=None, headers={"X-Request-ID": "meanwhile"})
        time.sleep(1.5)  # long enough for an attempt to send that fails

        with Listener(port) as second:
            service.get("health", roles=None, headers={"X-Request-ID": "after"})
            second.wait_for("after")
            [kept] = second.wait_for("meanwhile")

    assert answer.status_code == 200
    assert kept["event"] == "request"


def test_a_listener_that_accepts_and_never_reads_stands_in_nobodys_way(start: Start) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as deaf,
        start(LOGSTASH_URL=f"tcp://127.0.0.1:{deaf.getsockname()[1]}") as service,
    ):
        answers = [service.get("health", roles=None) for _ in range(50)]

    assert [answer.status_code for answer in answers] == [200] * 50


def test_a_listener_that_is_away_is_reported_sparingly_and_without_its_address(
    start: Start,
) -> None:
    port = free_port()
    with start(LOGSTASH_URL=f"tcp://127.0.0.1:{port}") as service:
        service.get("health", roles=None)
        time.sleep(4)  # long enough for several attempts to send

        reports = [line for line in service.logs().splitlines() if "sending events" in line]
        assert len(reports) == 1
        assert "127.0.0.1" not in reports[0]
        assert "transport socket" not in service.logs()


def test_no_more_than_so_many_lines_wait_and_the_latest_are_kept() -> None:
    port = free_port()
    handler = logstash.logstash_handler(f"tcp://127.0.0.1:{port}", logging.Formatter("%(message)s"))
    for number in range(logstash.KEEP_LINES + 10):
        line = json.dumps({"request_id": f"{number:05}"})
        handler.handle(logging.makeLogRecord({"msg": line}))
    with Listener(port) as listener:
        listener.wait_for(f"{logstash.KEEP_LINES + 9:05}")
        handler.close()

    assert sorted(listener.events) == [f"{n:05}" for n in range(10, logstash.KEEP_LINES + 10)]


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "tcp://127.0.0.1", "tcp://s3cr3t"])
def test_an_address_that_is_none_stops_the_start(start: Start, url: str) -> None:
    with pytest.raises(Exception, match="LOGSTASH_URL: must be tcp://HOST:PORT") as failure:  # noqa: SIM117
        with start(LOGSTASH_URL=url):
            pass

    assert "s3cr3t" not in str(failure.value)
