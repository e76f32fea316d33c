"""Imports that are too slow for module level."""

from __future__ import annotations

from shared.tls import trust


def warm_up() -> None:
    """Import what verification needs and read the trusted certificates; safe in a thread.

    Takes some tenths of a second the first time.
    """
    import jwt  # noqa: F401, PLC0415 - importing is the purpose; brings cryptography

    from shared.identity import verifier  # noqa: F401, PLC0415 - likewise

    trust()  # brings httpx2
