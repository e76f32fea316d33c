"""A progress bar on standard error; plain lines where nobody watches a terminal."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

_WIDTH = 30
_PLAIN_LINES = 10


class Progress:
    """Counts items done.

    Args:
        total: how many there will be.
        stream: where to write; a bar that is drawn over itself where it is a terminal.

    """

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self._total = total
        self._stream = stream or sys.stderr
        self._done = 0
        self._began = time.monotonic()

    def advance(self) -> None:
        """One more item is done."""
        self._done += 1
        if self._stream.isatty():
            end = "\n" if self._done == self._total else ""
            self._stream.write(f"\r{self._bar()} {self._line()}{end}")
        elif self._tenth(self._done) > self._tenth(self._done - 1):
            self._stream.write(f"{self._line()}\n")
        self._stream.flush()

    def _tenth(self, done: int) -> int:
        return done * _PLAIN_LINES // self._total

    def _bar(self) -> str:
        filled = _WIDTH * self._done // self._total
        return "█" * filled + "░" * (_WIDTH - filled)

    def _line(self) -> str:
        return f"{self._done}/{self._total} items, {time.monotonic() - self._began:.0f} s"
