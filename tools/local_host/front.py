"""The HTTP side: one Quart app that hands every request to the function it belongs to."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from quart import Quart, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from tools.local_host.cors import Cors
from tools.local_host.engine import InvocationError
from tools.local_host.exchange import HttpAnswer, HttpCall, to_answer, to_datum, to_invocation
from tools.local_host.routing import RouteTable

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from tools.local_host.engine import Engine
    from tools.local_host.settings import HostSettings

log = logging.getLogger(__name__)
_under_way: set[asyncio.Task[HttpAnswer]] = set()  # the loop itself would let tasks be collected

MAX_BODY_BYTES = 104_857_600
"""The Functions host's limit (FUNCTIONS_REQUEST_BODY_SIZE_LIMIT), answered with 413."""


def create_front(engine: Engine, settings: HostSettings) -> Quart:
    """Build the ASGI app that serves the engine's functions.

    Raises:
        RouteError: a function's route cannot be served.

    """
    table = RouteTable.of(engine.functions, settings.route_prefix)
    cors = Cors(settings.cors_origins, settings.cors_credentials)
    front = Quart("local_host", static_folder=None)
    front.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES

    @front.before_request
    async def answer() -> Response:
        call = _incoming()
        preflight = cors.preflight(call)
        if preflight is not None:
            return _outgoing(preflight)
        try:
            body = await request.get_data(cache=False, as_text=False, parse_form_data=False)
        except RequestEntityTooLarge:
            return _outgoing(HttpAnswer(413), cors.headers(call))
        answered = _to_its_end(_call_function(engine, table, replace(call, body=body)))
        return _outgoing(await answered, cors.headers(call))

    return front


async def _call_function(engine: Engine, table: RouteTable, call: HttpCall) -> HttpAnswer:
    found = table.find(call.method, call.raw_path)
    if found is None:
        return HttpAnswer(404)
    function, parameters = found
    try:
        return to_answer(
            await engine.invoke(function, to_datum(call, parameters), to_invocation(call))
        )
    except InvocationError as error:
        log.error("%s failed", function.name, exc_info=error.__cause__)  # noqa: TRY400 - the cause tells more than the wrapper
        return HttpAnswer(500)


def _to_its_end(work: Coroutine[Any, Any, HttpAnswer]) -> asyncio.Future[HttpAnswer]:
    """Start the work; a client that goes away does not stop a function."""
    task = asyncio.get_running_loop().create_task(work)
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)
    return asyncio.shield(task)


def _incoming() -> HttpCall:
    """Take the head of the current request byte for byte, where Quart would interpret it."""
    scope = request.scope
    return HttpCall(
        method=request.method.upper(),
        scheme=scope["scheme"],
        raw_path=scope["raw_path"].decode("latin-1").partition("?")[0],
        raw_query=scope["query_string"].decode("latin-1"),
        headers=tuple(
            (name.decode("latin-1"), value.decode(errors="replace"))
            for name, value in scope["headers"]
        ),
        body=b"",
    )


def _outgoing(answer: HttpAnswer, extra: tuple[tuple[str, str], ...] = ()) -> Response:
    response = Response(answer.body, answer.status)
    response.headers.pop("content-type", None)
    for name, value in (*answer.headers, *extra):
        response.headers.add(name, value)
    return response
