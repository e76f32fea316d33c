"""A library's word on its own troubles: seldom, and without what it quotes."""

from __future__ import annotations

import logging
import time

from typing_extensions import override

_SECONDS = 60.0


class Sparing(logging.Filter):
    """Lets a message pass once a minute, however often an export fails.

    What would be filled into it is left out: the words of a network's error name the address.
    """

    def __init__(self) -> None:
        super().__init__()
        self._passed_at: dict[str, float] = {}

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        message, now = str(record.msg), time.monotonic()
        if now - self._passed_at.get(message, float("-inf")) < _SECONDS:
            return False
        self._passed_at[message] = now
        if record.args:
            record.msg, record.args = message.replace("%s", "..."), None
        return True
