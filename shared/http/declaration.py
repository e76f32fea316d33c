"""What an endpoint says about itself, once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import BaseModel

    from shared.errors import ApiError

EndpointClass = Literal["reading", "generation"]
"""Endpoints of a class share one rate limit for each subject."""


class DeclarationError(TypeError):
    """An endpoint is declared in a way that must not start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """Route, methods, models and access of one endpoint.

    Attributes:
        name: the handler's name, which is the function's name in Azure.
        route: the template under the route prefix ("tests/{id}").
        methods: upper-case methods; empty for every method.
        summary: one sentence, from the handler's docstring.
        input: model of the JSON body (POST) or the query (GET); None where nothing is read.
        output: type of the answer's `data`: a model, or a union of models; None for an endpoint
            that answers with a File, and is no part of the API's description.
        roles: who may call it, any one of them; empty on a public endpoint only.
        public: whether it answers without a token, and so without a rate limit.
        generates: how many items of the daily quota an input asks for; None for an endpoint that
            generates nothing.
        meta: what the answer's `meta` may say beside the request id.
        raises: the errors of the handler itself; those of the pipeline follow from the rest.
        csv: whether the answer is to be had as CSV too.

    """

    name: str
    route: str
    methods: tuple[str, ...]
    summary: str
    input: type[BaseModel] | None
    output: Any
    roles: frozenset[str]
    public: bool
    generates: Callable[[Any], int] | None = None
    meta: type[BaseModel] | None = None
    raises: tuple[type[ApiError], ...] = ()
    csv: bool = False

    @property
    def limit(self) -> EndpointClass:
        """The endpoint class whose rate limit applies."""
        return "reading" if self.generates is None else "generation"

    def __post_init__(self) -> None:
        """Refuse what would leave an endpoint open by oversight.

        Raises:
            DeclarationError: neither roles nor public, or both.

        """
        if self.public == bool(self.roles):
            raise DeclarationError(
                f"Endpoint {self.name!r} must declare either roles=... or public=True."
            )

    def matches(self, path: str) -> bool:
        """Whether the path (without the route prefix) is one of this endpoint's.

        The Functions host compares routes without regard to case.
        """
        template = re.sub(r"/?\\\{\\\*[^}]+\\\}", "(/.*)?", re.escape(self.route))
        template = re.sub(r"\\\{[^}*]+\\\}", "[^/]+", template)
        return re.fullmatch(template, path.strip("/"), re.IGNORECASE) is not None
