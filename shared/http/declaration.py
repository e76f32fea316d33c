"""What an endpoint says about itself, once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel


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
        output: type of the answer's `data`: a model, or a union of models.
        roles: who may call it, any one of them; empty on a public endpoint only.
        public: whether it answers without a token.

    """

    name: str
    route: str
    methods: tuple[str, ...]
    summary: str
    input: type[BaseModel] | None
    output: Any
    roles: frozenset[str]
    public: bool

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
        template = re.sub(r"\\\{[^}*]+\\\}", "[^/]+", re.escape(self.route))
        return re.fullmatch(template, path.strip("/"), re.IGNORECASE) is not None
