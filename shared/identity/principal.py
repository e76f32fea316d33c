"""Who is calling."""

from __future__ import annotations

from typing import NamedTuple


class Principal(NamedTuple):
    """The verified caller of one request.

    Attributes:
        subject: the token's `sub` claim, an opaque identifier; never logged as it is.
        roles: the caller's roles, compared exactly.

    """

    subject: str
    roles: frozenset[str]
