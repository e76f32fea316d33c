"""The log in a file, rotated by size and count, written by a thread of its own."""

from __future__ import annotations

import atexit
import logging
import logging.handlers
import queue
import sys
from typing import TYPE_CHECKING

from typing_extensions import override

from shared.telemetry.sparing import Sparing

if TYPE_CHECKING:
    from shared.settings import Settings

logger = logging.getLogger(__name__)
logger.addFilter(Sparing())

_LONGEST_QUEUE = 10_000
"""Records that wait for a slow disk; further ones are dropped rather than waited for."""


class _Handover(logging.handlers.QueueHandler):
    """Hands records over as they are: formatting them is the thread's work, too."""

    @override
    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        return record

    @override
    def enqueue(self, record: logging.LogRecord) -> None:
        try:
            self.queue.put_nowait(record)
        except queue.Full:
            return


class _File(logging.handlers.RotatingFileHandler):
    """Says so, and not with a stack for every line, where the disk is full."""

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        message = f"log_file_not_written error={type(sys.exception()).__name__}"
        logger.warning(message)


def file_handler(settings: Settings, formatter: logging.Formatter) -> logging.Handler:
    """A handler for LOG_FILE, which is flushed when the process ends.

    Raises:
        OSError: the file cannot be written.
        ValueError: LOG_FILE is not set.

    """
    if settings.log_file is None:
        raise ValueError("LOG_FILE is not set")
    settings.log_file.parent.mkdir(parents=True, exist_ok=True)
    to_file = _File(
        settings.log_file,
        maxBytes=settings.log_file_bytes,
        backupCount=settings.log_file_count,
        encoding="utf-8",
    )
    to_file.setFormatter(formatter)
    records: queue.Queue[logging.LogRecord] = queue.Queue(_LONGEST_QUEUE)
    listener = logging.handlers.QueueListener(records, to_file)
    listener.start()
    atexit.register(listener.stop)
    return _Handover(records)
