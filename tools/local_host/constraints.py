"""The constraints of route templates, such as the `int` in "items/{id:int}".

https://learn.microsoft.com/aspnet/core/fundamentals/routing#route-constraints
"""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

Constraint = Callable[[str], bool]

_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)
_DECIMAL = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)")
_CALL = re.compile(r"(\w+)(?:\(([^()]*)\))?")


def constraint(text: str) -> Constraint:
    """Make the check for a constraint as written in a template ("int", "range(1,5)").

    Raises:
        ValueError: the constraint is unknown or its arguments are wrong.

    """
    call = _CALL.fullmatch(text)
    name = call.group(1).lower() if call else ""
    if call and call.group(2) is None and name in _PLAIN:
        return _PLAIN[name]
    if call and call.group(2) is not None and name in _WITH_NUMBERS:
        try:
            return _WITH_NUMBERS[name](*(int(number) for number in call.group(2).split(",")))
        except (TypeError, ValueError) as error:
            raise ValueError(f"wrong arguments in the constraint {text!r}") from error
    raise ValueError(f"unknown constraint {text!r}")


def _integer_between(low: int, high: int) -> Constraint:
    return lambda value: bool(_INTEGER.fullmatch(value)) and low <= int(value) <= high


def _length_between(low: int, high: int | None = None) -> Constraint:
    return lambda value: low <= len(value) <= (low if high is None else high)


def _is_guid(value: str) -> bool:
    try:
        UUID(value.strip("{}()"))
    except ValueError:
        return False
    return True


_LONG = 2**63
_PLAIN: dict[str, Constraint] = {
    "int": _integer_between(-(2**31), 2**31 - 1),
    "long": _integer_between(-_LONG, _LONG - 1),
    "bool": lambda value: value.lower() in {"true", "false"},
    "alpha": lambda value: value.isascii() and value.isalpha(),
    "guid": _is_guid,
    "decimal": lambda value: bool(_DECIMAL.fullmatch(value)),
    "double": lambda value: bool(_NUMBER.fullmatch(value)),
    "float": lambda value: bool(_NUMBER.fullmatch(value)),
    "required": bool,
}
_WITH_NUMBERS: dict[str, Callable[..., Constraint]] = {
    "length": _length_between,
    "minlength": lambda low: _length_between(low, 2**31),
    "maxlength": lambda high: _length_between(0, high),
    "min": lambda low: _integer_between(low, _LONG - 1),
    "max": lambda high: _integer_between(-_LONG, high),
    "range": _integer_between,
}
