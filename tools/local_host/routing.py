"""Route templates, and which function a request goes to.

The Functions host asks its routes in the order of the function names (ordinal, ignoring case)
and takes the first whose template and methods match; how specific a route is does not count.
Templates are those of ASP.NET Core routing:
https://learn.microsoft.com/aspnet/core/fundamentals/routing#route-templates
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from tools.local_host.constraints import Constraint, constraint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PARAMETER = re.compile(r"\{(\*{0,2})(\w+)((?::[^{}]+?)?)(\??)\}")
_ESCAPED_SLASH = re.compile("(%2f)", re.IGNORECASE)


class RouteError(ValueError):
    """A route template that the host would not accept, or that this one does not know."""


@dataclass(frozen=True, slots=True)
class HttpFunction:
    """One function with an HTTP trigger.

    Attributes:
        name: the function's name, by which routes are ordered.
        route: its route template, without the app's prefix.
        methods: the methods it takes, in capitals; empty means all.
        trigger: name of the parameter that takes the request.

    """

    name: str
    route: str
    methods: frozenset[str]
    trigger: str

    @classmethod
    def from_binding(cls, name: str, trigger: Mapping[str, Any]) -> HttpFunction:
        """Read the function that an httpTrigger binding declares.

        Args:
            name: the function's name, which is its route where the binding gives none.
            trigger: the binding in the shape of function.json.

        """
        route = trigger.get("route")
        return cls(
            name=name,
            route=name if route is None else route,
            methods=frozenset(method.upper() for method in trigger.get("methods") or ()),
            trigger=trigger["name"],
        )


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled route template."""

    pattern: re.Pattern[str]
    constraints: Mapping[str, tuple[Constraint, ...]]

    @classmethod
    def parse(cls, template: str) -> Template:
        """Compile a template such as "items/{id:int}/{*rest}".

        Raises:
            RouteError: the template is not well-formed or names an unknown constraint.

        """
        constraints: dict[str, tuple[Constraint, ...]] = {}
        segments = [segment for segment in template.split("/") if segment]
        last = len(segments) - 1
        try:
            pattern = "".join(
                _segment_pattern(segment, constraints, is_last=index == last)
                for index, segment in enumerate(segments)
            )
            return cls(re.compile(f"{pattern}/?", re.IGNORECASE | re.DOTALL), constraints)
        except ValueError as error:
            raise RouteError(f"route {template!r}: {error}") from error

    def match(self, path: str) -> dict[str, str] | None:
        """Route parameters where the decoded path ("/api/items/7") matches; None where not."""
        found = self.pattern.fullmatch(path)
        if found is None:
            return None
        values = {name: value for name, value in found.groupdict().items() if value}
        fits = all(
            check(value)
            for name, value in values.items()
            for check in self.constraints.get(name, ())
        )
        return values if fits else None


def _segment_pattern(
    segment: str, constraints: dict[str, tuple[Constraint, ...]], *, is_last: bool
) -> str:
    """Regular expression of one segment with its leading slash; notes its constraints."""
    pieces: list[str] = []
    end = 0
    for parameter in _PARAMETER.finditer(segment):
        star, name, inline, optional = parameter.groups()
        if name in constraints:
            raise ValueError(f"the parameter {name!r} stands twice")
        constraints[name] = tuple(constraint(text) for text in inline.split(":")[1:])
        if star or optional:
            if parameter.group() != segment or not is_last:
                raise ValueError(f"{parameter.group()} must be the whole last segment")
            return f"(?:/(?P<{name}>.*))?" if star else f"(?:/(?P<{name}>[^/]+))?"
        pieces += [_literal(segment[end : parameter.start()]), f"(?P<{name}>[^/]+)"]
        end = parameter.end()
    return "/" + "".join([*pieces, _literal(segment[end:])])


def _literal(text: str) -> str:
    if set(text) & set("{}*?"):
        raise ValueError(f"{text!r} is neither a literal nor a known form of parameter")
    return re.escape(text)


@dataclass(frozen=True, slots=True)
class RouteTable:
    """The app's routes in the order in which the host asks them."""

    routes: tuple[tuple[HttpFunction, Template], ...] = field(default=())

    @classmethod
    def of(cls, functions: Iterable[HttpFunction], prefix: str) -> RouteTable:
        """Order and compile the functions' routes under the prefix ("api", or "" for none).

        Raises:
            RouteError: a template is wrong, or in the space that the host keeps for itself.

        """
        ordered = sorted(functions, key=lambda function: function.name.upper())
        for function in ordered:
            if function.route.lstrip("/").lower().startswith(("admin", "runtime")):
                raise RouteError(
                    f"function {function.name!r}: the route {function.route!r} conflicts with "
                    "the host's own routes (admin, runtime)"
                )
        return cls(
            tuple((function, Template.parse(f"{prefix}/{function.route}")) for function in ordered)
        )

    def find(self, method: str, raw_path: str) -> tuple[HttpFunction, dict[str, str]] | None:
        """Find the function that a request goes to, with its route parameters; None for nobody's.

        Args:
            method: in capitals.
            raw_path: the path as it stood in the request line, percent-encoded, without query.

        """
        path = decode_path(raw_path)
        for function, template in self.routes:
            if function.methods and method not in function.methods:
                continue
            parameters = template.match(path)
            if parameters is not None:
                return function, parameters
        return None


def decode_path(raw_path: str) -> str:
    """Decode percent escapes as Kestrel does: all but %2F, which would make a new segment."""
    parts = _ESCAPED_SLASH.split(raw_path)
    return "".join(
        part if index % 2 else unquote(part, errors="replace") for index, part in enumerate(parts)
    )
