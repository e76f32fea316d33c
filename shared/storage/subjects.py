"""Candidates as the store knows them: a keyed hash of their subject, never the subject."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SUBJECT_BYTES = 16


class SubjectHash:
    """Subjects to 16 bytes. The same key gives the same bytes, on every worker and every day.

    Not the log's pseudonym: without the key, a log and a copy of the database cannot be joined.
    """

    def __init__(self, key: str) -> None:
        self._key = hashlib.sha256(key.encode()).digest()

    def __call__(self, subject: str) -> bytes:
        """The subject's hash."""
        return hashlib.blake2b(
            subject.encode(), key=self._key, person=b"store", digest_size=_SUBJECT_BYTES
        ).digest()


def local_key(path: Path) -> str:
    """The key of this machine's own store, made if there is none yet.

    A file beside the embedded database and not a row in it, so that a copy of the database alone
    identifies nobody. Safe when several workers start at once: they all end up with the same key.

    Raises:
        OSError: the file can be neither read nor made.

    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(32))
            os.link(scratch, path)  # fails where another worker was first: then its key holds
        except FileExistsError:
            pass
        finally:
            os.unlink(scratch)  # noqa: PTH108 - mkstemp gives a plain name
    return path.read_text(encoding="ascii")
