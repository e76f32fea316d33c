"""Loopback ports for servers of tests that run several at a time."""

from __future__ import annotations

import os
import socket
from itertools import cycle

_FIRST = 20_000
"""Below the ports that systems hand out by themselves: no connection takes one meanwhile."""
_EACH = 2_000

_process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 6
_ports = cycle(range(_FIRST + _process * _EACH, _FIRST + (_process + 1) * _EACH))


def free_port() -> int:
    """A loopback port on which nothing listens.

    Each process of the tests has ports of its own, and takes one again only after all others: what
    still looks for a server that has ended does not find another in its place.
    """
    for port in _ports:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError  # the ports never end
