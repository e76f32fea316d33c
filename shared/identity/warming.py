"""Imports that are too slow for module level."""

from __future__ import annotations


def warm_up() -> None:
    """Import what verification needs (about half a second the first time); safe in a thread."""
    import httpx2  # noqa: F401, PLC0415 - importing is the purpose
    import jwt  # noqa: F401, PLC0415 - importing is the purpose; brings cryptography
