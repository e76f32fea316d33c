"""One request on its way through the pipeline."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import azure.functions as func
    from pydantic import BaseModel

    from shared.http.declaration import Declaration
    from shared.identity.principal import Principal
    from shared.rate_limiting.policy import Standing

Model = TypeVar("Model")


@dataclass(slots=True)
class Call:
    """What the middleware and the handler share about one request.

    Attributes:
        request: the request as the Functions host handed it over.
        context: the invocation's context (invocation id, trace context).
        declaration: the endpoint's declaration.
        request_id: stamped by the first middleware.
        principal: the verified caller; None on a public endpoint.
        input: the validated input; None where the endpoint declares none.
        standings: by policy, where the caller stands after this request.
        facts: what the canonical log line will say beside its own fields.
        spent: what the usage record will, where the request generated something.

    """

    request: func.HttpRequest
    context: func.Context
    declaration: Declaration
    request_id: str = ""
    principal: Principal | None = None
    input: BaseModel | None = None
    standings: dict[str, Standing] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    spent: dict[str, Any] = field(default_factory=dict)

    def input_as(self, model: type[Model]) -> Model:
        """The validated input, as the model that the endpoint declares.

        Raises:
            TypeError: the endpoint declares another.

        """
        if not isinstance(self.input, model):
            raise TypeError(f"{self.declaration.name} does not declare {model.__name__} as input")
        return self.input

    @property
    def subject(self) -> str:
        """Who is calling.

        Raises:
            TypeError: nobody in particular: the endpoint is public.

        """
        if self.principal is None:
            raise TypeError(f"{self.declaration.name} is public: nobody is known")
        return self.principal.subject

    def accepts(self, media_type: str) -> bool:
        """Whether the caller asks for this media type by its name."""
        accepted = self.request.headers.get("Accept", "").lower().split(",")
        return any(entry.partition(";")[0].strip() == media_type for entry in accepted)

    @property
    def roles(self) -> frozenset[str]:
        """What the caller may do; nothing where nobody is known."""
        return frozenset() if self.principal is None else self.principal.roles

    def has_role(self, role: str) -> bool:
        """Whether the caller holds the role."""
        return role in self.roles
