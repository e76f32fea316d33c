"""What a behaviour is, and how one is found by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ParamSpec

from .request import Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .deployment import Deployment
    from .reply import Reply

P = ParamSpec("P")
Respond = Callable[[Request, "Deployment"], "Reply"]


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A named way to answer."""

    name: str
    respond: Respond


Chooser = Behaviour | Callable[[Request], Behaviour]

BEHAVIOURS: dict[str, Callable[..., Behaviour]] = {}


def named(make: Callable[P, Respond]) -> Callable[P, Behaviour]:
    """Turn a function that makes a `respond` into one that makes a Behaviour of its name."""
    name = make.__name__

    def behaviour(*args: P.args, **kwargs: P.kwargs) -> Behaviour:
        return Behaviour(name, make(*args, **kwargs))

    behaviour.__name__, behaviour.__doc__ = name, make.__doc__
    BEHAVIOURS[name] = behaviour
    return behaviour


def from_spec(spec: str | Mapping[str, Any]) -> Behaviour:
    """Make a behaviour from its name, or from {"name": ..., ...its arguments}.

    A `then` argument is itself such a description.

    Raises:
        KeyError: there is no behaviour of that name.
        TypeError: it does not take these arguments.

    """
    arguments: dict[str, Any] = {"name": spec} if isinstance(spec, str) else dict(spec)
    make = BEHAVIOURS[arguments.pop("name")]
    if "then" in arguments:
        arguments["then"] = from_spec(arguments["then"])
    return make(**arguments)
