"""A subject as a keyed hash: the same candidate can be followed, and nobody told who it is."""

from __future__ import annotations

import hashlib
import secrets
from functools import lru_cache

_KEY_BYTES = 32


class _Key:
    """The worker's key: random until `set_pseudonym_key` gives it one that outlives the worker."""

    value = secrets.token_bytes(_KEY_BYTES)


def set_pseudonym_key(key: str) -> None:
    """Use this key from now on; the same key gives the same pseudonyms on every worker."""
    _Key.value = hashlib.sha256(key.encode()).digest()
    pseudonym.cache_clear()


@lru_cache(maxsize=4096)
def pseudonym(subject: str) -> str:
    """16 hexadecimal digits that stand for the subject."""
    return hashlib.blake2b(subject.encode(), key=_Key.value, digest_size=8).hexdigest()
