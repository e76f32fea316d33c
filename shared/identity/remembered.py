"""Tokens that were verified a moment ago."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shared.identity.principal import Principal


class RememberedTokens:
    """Principals by the digest of their token, so that the tokens themselves are not kept.

    Bounded: the least recently used is forgotten first. Not for several threads.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._entries: OrderedDict[bytes, tuple[Principal, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, token: str, now: float) -> Principal | None:
        """Return the principal of an ASCII token, if remembered and not past its time."""
        digest = sha256(token.encode("ascii")).digest()
        entry = self._entries.get(digest)
        if entry is None:
            return None
        principal, until = entry
        if now >= until:
            del self._entries[digest]
            return None
        self._entries.move_to_end(digest)
        return principal

    def put(self, token: str, principal: Principal, until: float) -> None:
        """Remember the principal of an ASCII token until that time (seconds since the epoch)."""
        digest = sha256(token.encode("ascii")).digest()
        self._entries[digest] = (principal, until)
        self._entries.move_to_end(digest)
        if len(self._entries) > self._capacity:
            self._entries.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()
