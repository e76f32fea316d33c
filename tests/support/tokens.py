"""Tokens made by hand, so that they can be wrong in every way."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Any

from jwt.algorithms import get_default_algorithms

if TYPE_CHECKING:
    from collections.abc import Mapping

ALGORITHMS = get_default_algorithms()


def base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def as_bytes(value: Mapping[str, Any] | bytes) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value).encode()


def sign(
    header: Mapping[str, Any] | bytes,
    payload: Mapping[str, Any] | bytes,
    key: Any,
    algorithm: str = "RS256",
) -> str:
    """Sign any header and payload with the algorithm, whatever the header says."""
    signed = f"{base64url(as_bytes(header))}.{base64url(as_bytes(payload))}"
    return f"{signed}.{base64url(ALGORITHMS[algorithm].sign(signed.encode(), key))}"
