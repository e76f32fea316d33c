"""JSON objects read strictly, where lenience would let two readers see two different tokens."""

from __future__ import annotations

import json
from typing import Any, NoReturn


def read_object(data: bytes) -> dict[str, Any]:
    """Read one JSON object in UTF-8, no member named twice, no NaN or Infinity.

    Raises:
        ValueError: the bytes are anything else.

    """
    try:
        value = _DECODER.decode(data.decode("utf-8"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 - one kind of error for every fault
    return value


def _unique_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member is named twice")
    return members


def _no_constant(_: str) -> NoReturn:
    raise ValueError("not a JSON number")


# Made once: `json.loads` with hooks makes one a call.
_DECODER = json.JSONDecoder(object_pairs_hook=_unique_members, parse_constant=_no_constant)
