"""`Api.endpoint`: the one decorator that declares an endpoint and registers its function."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import azure.functions as func

from shared.errors import ApiError, MethodNotAllowed, NotFound
from shared.http import envelope
from shared.http.call import Call
from shared.http.declaration import Declaration, DeclarationError
from shared.http.files import File, file_response
from shared.http.idempotency import GetKeptAnswers, answer_once_with
from shared.http.middleware import (
    Authenticate,
    GetRateLimiter,
    Middleware,
    Step,
    answer_errors,
    authenticate_with,
    authorise,
    limit_rate_with,
    read_input_as,
    spend_quota_with,
    stamp_request_id,
    write_log_line,
)
from shared.http.rate_limit_fields import rate_limit_fields
from shared.http.usage import GetUsageLog, record_usage_with

if TYPE_CHECKING:
    from azure.functions.decorators.function_app import FunctionBuilder
    from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Reply:
    """What a handler answers with: the data, and what `meta` says beside the request id."""

    data: BaseModel
    meta: dict[str, Any] = field(default_factory=dict)


Handler = Callable[[Call], Awaitable[Reply | File]]


class Api:
    """The endpoints of one function app, each behind the same pipeline.

    Args:
        authenticate: turns a bearer token into a Principal, or raises TokenRejected or
            KeysUnavailable.
        rate_limiter: gives the worker's limiter; called first when a request needs it.
        kept_answers: gives what keeps answers under an Idempotency-Key, where anything does.
        usage: gives what takes the record of each request, where anything does.

    """

    def __init__(
        self,
        authenticate: Authenticate,
        rate_limiter: GetRateLimiter,
        kept_answers: GetKeptAnswers = lambda: None,
        usage: GetUsageLog = lambda: None,
    ) -> None:
        # The wrapper checks tokens and roles; function keys would be a second way to do it.
        self.app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)
        self.declarations: list[Declaration] = []
        self._authenticate = authenticate
        self._rate_limiter = rate_limiter
        self._kept_answers = kept_answers
        self._usage = usage

    def endpoint(  # noqa: PLR0913 - a declaration says everything about an endpoint at once
        self,
        route: str,
        *,
        methods: Iterable[str] = (),
        input: type[BaseModel] | None = None,  # noqa: A002 - reads as what it is
        output: Any = None,
        roles: Iterable[str] = (),
        public: bool = False,
        generates: Callable[[Any], int] | None = None,
        meta: type[BaseModel] | None = None,
        raises: Iterable[type[ApiError]] = (),
        csv: bool = False,
    ) -> Callable[[Handler], FunctionBuilder]:
        """Declare the endpoint and register its function with Azure.

        Returns:
            A decorator that gives back Azure's FunctionBuilder, as `@app.route` does, so that a
            second `@app.route` on top fails when the app is indexed.

        Raises:
            DeclarationError: neither roles nor public declared, or something other than a plain
                `async def` decorated (a decorator in the wrong order).

        """

        def register(handler: Handler) -> FunctionBuilder:
            if not inspect.iscoroutinefunction(handler):
                raise DeclarationError(
                    f"@endpoint({route!r}) takes a plain async function: put it right above the "
                    "'async def', with no other decorator between."
                )
            declaration = Declaration(
                name=handler.__name__,
                route=route,
                methods=tuple(method.upper() for method in methods),
                summary=(inspect.getdoc(handler) or "").partition("\n")[0],
                input=input,
                output=output,
                roles=frozenset(roles),
                public=public,
                generates=generates,
                meta=meta,
                raises=tuple(raises),
                csv=csv,
            )
            self.declarations.append(declaration)
            function = _azure_function(declaration, self._bind(declaration, handler))
            builder: FunctionBuilder = self.app.route(
                route=route, methods=declaration.methods or None
            )(function)
            return builder

        return register

    def no_endpoint(self, method: str, path: str) -> MethodNotAllowed | NotFound:
        """The error for a request that no other endpoint takes."""
        allowed = {
            allowed
            for declaration in self.declarations
            if declaration.matches(path)
            for allowed in declaration.methods
        }
        if not allowed or method in allowed:  # the host knows better than we that it is another
            return NotFound()
        return MethodNotAllowed(method, allowed)

    def _way_to(self, declaration: Declaration) -> Iterator[Middleware]:
        """What a request to the endpoint passes on its way to the handler, in this order."""
        yield stamp_request_id
        yield write_log_line
        if not declaration.public:
            yield record_usage_with(self._usage)
        yield answer_errors
        if not declaration.public:
            yield authenticate_with(self._authenticate)
            yield authorise
            # Strangers are not counted: an address, behind a proxy, is easily forged.
            yield limit_rate_with(self._rate_limiter)
        if declaration.input is not None:
            yield read_input_as(declaration.input)
        if declaration.generates is not None:
            yield answer_once_with(self._kept_answers)
            yield spend_quota_with(self._rate_limiter, declaration.generates)

    def _bind(self, declaration: Declaration, handler: Handler) -> Step:
        async def respond(call: Call) -> func.HttpResponse:
            reply = await handler(call)
            if isinstance(reply, File):
                return file_response(reply, call)
            headers = rate_limit_fields(call.standings.values())
            return envelope.success(reply.data, reply.meta, call.request_id, headers)

        step: Step = respond
        for middleware in reversed(list(self._way_to(declaration))):
            step = partial(middleware, proceed=step)
        return step


def _azure_function(
    declaration: Declaration, pipeline: Step
) -> Callable[[func.HttpRequest, func.Context], Awaitable[func.HttpResponse]]:
    """A function as the worker accepts it: an explicit signature, a name, no `__wrapped__`."""

    async def function(req: func.HttpRequest, context: func.Context) -> func.HttpResponse:
        return await pipeline(Call(req, context, declaration))

    function.__name__ = declaration.name
    function.__doc__ = declaration.summary
    return function
